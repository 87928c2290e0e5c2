/** What the preload and the host agree on. Imports nothing: the preload is built from it alone. */
export const FRAME_CHANNEL = 'ventanilla.frame';
export const ROLE_ARGUMENT = '--ventanilla-role=';
