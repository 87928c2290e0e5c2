/**
 * Payouts and their commands; and payouts in the tables that so far knew cash-outs alone. SQLite cannot change a constraint, so those
 * tables are made anew and filled from what they held; a journal from before has no payouts, and nothing else moves.
 */
import type { Migration } from '../migrate.ts';

/** `counting`: notes are being counted in its place. `notes_seq`: the entry that began it, which a posting must come after. */
const PAYOUTS = `
  CREATE TABLE payout (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('requested', 'declined', 'not_found', 'pending', 'on_hold', 'delivered', 'completed',
      'cancelled', 'rejected')),
    shift_id TEXT NOT NULL REFERENCES shift (id),
    network TEXT NOT NULL,
    external_id TEXT NOT NULL UNIQUE,
    cashout_id TEXT,
    request_id TEXT UNIQUE,
    currency TEXT NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    requested_at_ms INTEGER NOT NULL,
    completed_at_ms INTEGER,
    counting INTEGER NOT NULL CHECK (counting IN (0, 1)),
    notes_shift_id TEXT REFERENCES shift (id),
    notes_seq INTEGER REFERENCES journal (seq),
    replaced_by TEXT CHECK (replaced_by IN ('notes', 'payout')),
    reissue_of TEXT UNIQUE REFERENCES payout (id),
    detail TEXT NOT NULL,
    CHECK ((state = 'completed') = (completed_at_ms IS NOT NULL)),
    CHECK ((notes_seq IS NOT NULL) = (counting = 1 OR replaced_by IS 'notes')),
    CHECK ((notes_seq IS NULL) = (notes_shift_id IS NULL)),
    CHECK (counting = 0 OR replaced_by IS NULL)
  ) STRICT;
  CREATE INDEX payout_state ON payout (state, requested_at_ms, id);
  CREATE INDEX payout_shift ON payout (shift_id, requested_at_ms, id);
  CREATE INDEX payout_requested ON payout (requested_at_ms, id);
  CREATE INDEX payout_cashout ON payout (cashout_id) WHERE cashout_id IS NOT NULL;
  CREATE INDEX payout_completed ON payout (completed_at_ms, id) WHERE completed_at_ms IS NOT NULL;
  CREATE INDEX payout_notes ON payout (notes_shift_id, replaced_by, notes_seq) WHERE notes_shift_id IS NOT NULL;
  CREATE UNIQUE INDEX payout_one_counting ON payout (counting) WHERE counting = 1;
  CREATE TRIGGER payout_terms_are_fixed BEFORE UPDATE OF id, shift_id, network, external_id, request_id, currency, amount_minor,
    requested_at_ms, reissue_of ON payout
  BEGIN SELECT RAISE(ABORT, 'the terms of a payout never change'); END;
  CREATE TRIGGER payout_is_replaced_once BEFORE UPDATE OF replaced_by ON payout
  WHEN OLD.replaced_by IS NOT NULL AND NEW.replaced_by IS NOT OLD.replaced_by
  BEGIN SELECT RAISE(ABORT, 'I1: a payout is replaced once'); END;
  CREATE TRIGGER payout_counts_alone BEFORE UPDATE OF counting ON payout
  WHEN NEW.counting = 1 AND OLD.counting = 0 AND EXISTS (SELECT 1 FROM cash_out WHERE state = 'handing_over')
  BEGIN SELECT RAISE(ABORT, 'I1: one hand-over at a time'); END;
  CREATE TRIGGER cash_out_hands_over_alone BEFORE UPDATE OF state ON cash_out
  WHEN NEW.state = 'handing_over' AND OLD.state <> 'handing_over' AND EXISTS (SELECT 1 FROM payout WHERE counting = 1)
  BEGIN SELECT RAISE(ABORT, 'I1: one hand-over at a time'); END;
  CREATE TRIGGER payout_stays BEFORE DELETE ON payout
  BEGIN SELECT RAISE(ABORT, 'a payout is never deleted'); END;

  CREATE TABLE payout_command (
    id TEXT PRIMARY KEY,
    payout_id TEXT NOT NULL REFERENCES payout (id),
    kind TEXT NOT NULL CHECK (kind IN ('create', 'cancel', 'hold', 'release')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'unknown', 'accepted', 'refused', 'dropped', 'overtaken')),
    enqueued_seq INTEGER NOT NULL REFERENCES journal (seq),
    detail TEXT NOT NULL
  ) STRICT;
  CREATE INDEX payout_command_payout ON payout_command (payout_id, enqueued_seq);
  CREATE INDEX payout_command_open ON payout_command (enqueued_seq) WHERE state IN ('waiting', 'sending', 'unknown');
  CREATE UNIQUE INDEX payout_command_one_create ON payout_command (payout_id) WHERE kind = 'create';
  CREATE UNIQUE INDEX payout_command_one_open ON payout_command (payout_id, kind) WHERE state IN ('waiting', 'sending', 'unknown');
  CREATE TRIGGER payout_command_is_for_life BEFORE UPDATE OF id, payout_id, kind ON payout_command
  BEGIN SELECT RAISE(ABORT, 'I3: a command stays what it was made'); END;
  CREATE TRIGGER payout_command_stays BEFORE DELETE ON payout_command
  BEGIN SELECT RAISE(ABORT, 'I3: a command is never deleted'); END;
`;

const LEDGER = `
  CREATE TABLE posting_new (
    seq INTEGER NOT NULL REFERENCES journal (seq),
    line INTEGER NOT NULL,
    shift_id TEXT NOT NULL REFERENCES shift (id),
    cause TEXT NOT NULL CHECK (cause IN ('opening', 'dispense', 'notes-instead', 'drop', 'closing')),
    cash_out_id TEXT REFERENCES cash_out (id),
    payout_id TEXT REFERENCES payout (id),
    account TEXT NOT NULL CHECK (account IN ('drawer', 'network_receivable', 'payouts_replaced', 'float', 'safe', 'over_short')),
    amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0),
    PRIMARY KEY (seq, line),
    CHECK ((cause = 'dispense') = (cash_out_id IS NOT NULL)),
    CHECK ((cause = 'notes-instead') = (payout_id IS NOT NULL))
  ) STRICT, WITHOUT ROWID;
  INSERT INTO posting_new (seq, line, shift_id, cause, cash_out_id, account, amount_minor)
    SELECT seq, line, shift_id, cause, cash_out_id, account, amount_minor FROM posting;
  DROP TABLE posting;
  ALTER TABLE posting_new RENAME TO posting;
  CREATE INDEX posting_shift ON posting (shift_id, seq, line);
  CREATE UNIQUE INDEX posting_one_dispense ON posting (cash_out_id) WHERE cause = 'dispense' AND account = 'drawer';
  CREATE UNIQUE INDEX posting_one_instead ON posting (payout_id) WHERE cause = 'notes-instead' AND account = 'drawer';
  CREATE TRIGGER posting_dispense_is_paid BEFORE INSERT ON posting
  WHEN NEW.cause = 'dispense' AND NOT EXISTS (
    SELECT 1 FROM cash_out
    WHERE id = NEW.cash_out_id AND paid_seq < NEW.seq AND amount_minor = abs(NEW.amount_minor))
  BEGIN SELECT RAISE(ABORT, 'I1: no dispense without earlier evidence of payment'); END;
  CREATE TRIGGER posting_instead_is_proven BEFORE INSERT ON posting
  WHEN NEW.cause = 'notes-instead' AND NOT EXISTS (
    SELECT 1 FROM payout
    WHERE id = NEW.payout_id AND notes_seq < NEW.seq AND notes_shift_id = NEW.shift_id AND amount_minor = abs(NEW.amount_minor))
  BEGIN SELECT RAISE(ABORT, 'I1: no notes in place of a payout without earlier proof'); END;
  CREATE TRIGGER posting_never_changes BEFORE UPDATE ON posting
  BEGIN SELECT RAISE(ABORT, 'I5: a posting never changes'); END;
  CREATE TRIGGER posting_stays BEFORE DELETE ON posting
  BEGIN SELECT RAISE(ABORT, 'I5: a posting is never deleted'); END;

  ALTER TABLE drawer_opening ADD COLUMN payout_id TEXT REFERENCES payout (id);
`;

const THE_REST = `
  CREATE TABLE case_file_new (
    id TEXT PRIMARY KEY,
    cash_out_id TEXT REFERENCES cash_out (id),
    payout_id TEXT REFERENCES payout (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    opened_seq INTEGER NOT NULL REFERENCES journal (seq),
    detail TEXT NOT NULL,
    CHECK ((cash_out_id IS NULL) <> (payout_id IS NULL))
  ) STRICT;
  INSERT INTO case_file_new (id, cash_out_id, kind, state, opened_seq, detail)
    SELECT id, cash_out_id, kind, state, opened_seq, detail FROM case_file;
  DROP TABLE case_file;
  ALTER TABLE case_file_new RENAME TO case_file;
  CREATE INDEX case_file_open ON case_file (opened_seq) WHERE state = 'open';
  CREATE INDEX case_file_cash_out ON case_file (cash_out_id, opened_seq);
  CREATE INDEX case_file_payout ON case_file (payout_id, opened_seq) WHERE payout_id IS NOT NULL;

  CREATE TABLE slip_job_new (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('qr', 'receipt', 'x-report', 'z-report', 'drop', 'payout', 'test')),
    subject_id TEXT NOT NULL,
    copy INTEGER NOT NULL CHECK (copy >= 0),
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'processed', 'sent', 'refused', 'unknown')),
    detail TEXT NOT NULL,
    queued_at_ms INTEGER NOT NULL,
    queued_seq INTEGER NOT NULL REFERENCES journal (seq)
  ) STRICT;
  INSERT INTO slip_job_new SELECT id, kind, subject_id, copy, state, detail, queued_at_ms, queued_seq FROM slip_job;
  DROP TABLE slip_job;
  ALTER TABLE slip_job_new RENAME TO slip_job;
  CREATE INDEX slip_job_subject ON slip_job (subject_id, queued_seq);
  CREATE INDEX slip_job_sending ON slip_job (queued_seq) WHERE state = 'sending';
`;

export const migration: Migration = {
  version: 2,
  name: 'payouts',
  up(db) {
    for (const sql of [PAYOUTS, LEDGER, THE_REST]) db.exec(sql);
  },
};
