/** How the page looks: a desk in the colour on which papers are drawn, with the devices standing on it. */
export const PAGE_STYLE = `
:root { --desk: #d8d5cf; --ink: #26282b; --soft: #6d685f; --card: #f4f2ee; --edge: #c4bfb6; --chosen: #26282b; --good: #1b7a43; --bad: #b3261e; --warn: #b26a00; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--desk); color: var(--ink); font: 16px/1.4 system-ui, sans-serif; }
header { display: flex; align-items: baseline; gap: 16px; flex-wrap: wrap; padding: 18px 24px 6px; }
h1 { font-size: 22px; margin: 0; }
header p { margin: 0; color: var(--soft); flex: 1 1 320px; }
a { color: #1d4f86; }
nav a { color: var(--soft); margin-left: 12px; }
nav a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
main { display: grid; grid-template-columns: minmax(340px, 1.15fr) minmax(340px, 1fr) minmax(260px, 0.8fr); gap: 20px; padding: 14px 24px 32px; align-items: start; }
@media (max-width: 1080px) { main { grid-template-columns: 1fr 1fr; } #papers { grid-column: 1 / -1; } }
@media (max-width: 720px) { main { grid-template-columns: 1fr; } }
.stack { display: grid; gap: 20px; }
section { min-width: 0; }
.card { background: var(--card); border: 1px solid var(--edge); border-radius: 14px; padding: 14px 16px 16px; }
.card h2 { display: flex; align-items: baseline; gap: 10px; font-size: 17px; margin: 0 0 2px; }
.card h2 small { font-weight: 400; color: var(--soft); font-size: 14px; }
.address { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; margin: 0 0 12px; color: var(--soft); font-size: 14px; }
code { font: 14px/1.4 ui-monospace, 'DejaVu Sans Mono', monospace; color: var(--ink); background: #e6e2da; border-radius: 5px; padding: 2px 7px; overflow-wrap: anywhere; user-select: all; }
.pill { margin-left: auto; border-radius: 99px; padding: 2px 12px; font-size: 14px; font-weight: 600; color: #fff; background: var(--soft); }
.pill.ready { background: var(--good); } .pill.busy { background: #1d5fa8; } .pill.offline { background: var(--bad); }
.slot { position: relative; height: 330px; transition: height 0.3s; overflow: hidden; display: flex; flex-direction: column; justify-content: flex-end; align-items: center; }

.slot img { max-width: 94%; display: block; margin-bottom: -16px; }
.slot.empty { height: 20px; }
.slot img.cut { margin-bottom: -2px; }
.body { position: relative; z-index: 1; height: 92px; border-radius: 12px 12px 16px 16px; background: linear-gradient(#3c4045, #212327); margin-bottom: 16px; box-shadow: 0 8px 18px rgb(40 36 28 / 0.3); }
.body::before { content: ''; position: absolute; left: 5%; right: 5%; top: 8px; height: 7px; border-radius: 4px; background: #101113; }
.body .lid { position: absolute; left: 4%; right: 4%; top: 18px; height: 34px; border-radius: 8px; background: linear-gradient(#4b5056, #34383d); transform-origin: bottom; transition: transform 0.25s; }
.body.open .lid { transform: perspective(300px) rotateX(-58deg) translateY(4px); background: linear-gradient(#6a6f76, #4a4f55); }
.lights { position: absolute; right: 6%; bottom: 12px; display: flex; gap: 14px; }
.lights i { width: 12px; height: 12px; border-radius: 50%; background: #14161a; box-shadow: inset 0 0 2px #000; }
.lights i.green { background: #3fdc7f; box-shadow: 0 0 8px #3fdc7f; } .lights i.red { background: #ff5a4f; box-shadow: 0 0 8px #ff5a4f; } .lights i.amber { background: #ffb340; box-shadow: 0 0 8px #ffb340; }
.body span { position: absolute; left: 6%; bottom: 8px; color: #aeb2b7; font-size: 13px; letter-spacing: 0.06em; }
.rows { display: grid; gap: 8px; }
.row { display: grid; grid-template-columns: 92px 1fr; align-items: center; gap: 10px; }
.row > b { font-weight: 500; color: var(--soft); font-size: 15px; }
.choice { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; border: 1px solid var(--edge); border-radius: 10px; overflow: hidden; background: #fff; }
button { font: inherit; font-size: 15px; min-height: 48px; border: 0; background: #fff; color: var(--ink); cursor: pointer; padding: 4px 8px; }
.choice button + button { border-left: 1px solid var(--edge); }
.choice button:hover, .wide:hover { background: #eeebe5; }
.choice button[aria-pressed='true'] { background: var(--good); color: #fff; }
.choice button[aria-pressed='true'].bad { background: var(--bad); } .choice button[aria-pressed='true'].warn { background: var(--warn); }
button:focus-visible, input:focus-visible, a:focus-visible { outline: 3px solid #1d5fa8; outline-offset: 2px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
.wide { border: 1px solid var(--edge); border-radius: 10px; width: 100%; }
.wide.main { background: var(--ink); color: #fff; border-color: var(--ink); }
.wide:disabled { color: #a39d92; cursor: default; background: #f4f2ee; border-color: var(--edge); }
.display img { width: 100%; border-radius: 10px; display: block; margin-bottom: 14px; }
.display img.tall { width: 190px; margin: 0 auto 14px; }
.till { height: 118px; display: flex; flex-direction: column; justify-content: flex-start; align-items: center; margin: 4px 0 14px; }
.till .box { width: 300px; max-width: 100%; height: 54px; border-radius: 8px; background: linear-gradient(#4b5056, #2f3338); position: relative; z-index: 1; box-shadow: 0 3px 6px rgb(0 0 0 / 0.25); }
.till .tray { width: 280px; max-width: 93%; height: 56px; margin-top: -52px; background: repeating-linear-gradient(90deg, #cdbf9f 0 50px, #a99a78 50px 56px); border: 5px solid #24272b; border-bottom: 16px solid #3b4046; border-radius: 0 0 8px 8px; transition: transform 0.22s cubic-bezier(0.2, 0.9, 0.3, 1.1); }
.till.open .tray { transform: translateY(52px); }
form { display: grid; grid-template-columns: 1fr auto; gap: 10px; }
input { font: inherit; min-height: 48px; border: 1px solid var(--edge); border-radius: 10px; padding: 4px 12px; min-width: 0; }
form .wide { padding: 4px 20px; }
.notes { margin: 12px 0 0; padding: 0; list-style: none; color: var(--soft); font-size: 14px; }
.notes:empty { display: none; }
.notes li.bad { color: var(--bad); }
#papers h2 { font-size: 17px; margin: 4px 0 8px; }
#papers p { color: var(--soft); }
#papers .list { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 6px; max-height: calc(100vh - 150px); overflow: auto; }
#papers img { width: 100%; display: block; }
#gone { position: fixed; inset: auto 24px 24px; background: var(--bad); color: #fff; border-radius: 12px; padding: 14px 18px; font-weight: 600; }
[hidden] { display: none !important; }
`;
