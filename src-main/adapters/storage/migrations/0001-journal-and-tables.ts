/**
 * The journal, and the tables that it projects into.
 *
 * The constraints repeat what the domain and the projector already refuse: a second net, in the file itself. `detail` is the whole domain
 * object as canonical JSON; the columns beside it are what look-ups and constraints need.
 */
import type { Migration } from '../migrate.ts';

/** The insert trigger also stops INSERT OR REPLACE, which deletes without asking the delete trigger. */
const JOURNAL = `
  CREATE TABLE journal (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    at_ms INTEGER NOT NULL,
    subject TEXT NOT NULL,
    type TEXT NOT NULL,
    v INTEGER NOT NULL,
    body TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX journal_subject ON journal (subject);

  CREATE TRIGGER journal_grows_at_its_end BEFORE INSERT ON journal
  WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
  BEGIN SELECT RAISE(ABORT, 'I4: the journal grows only at its end'); END;
  CREATE TRIGGER journal_never_changes BEFORE UPDATE ON journal
  BEGIN SELECT RAISE(ABORT, 'I4: the journal never changes'); END;
  CREATE TRIGGER journal_never_shrinks BEFORE DELETE ON journal
  BEGIN SELECT RAISE(ABORT, 'I4: the journal never shrinks'); END;
`;

/** `drawer_minor` is the balance of the shift's drawer postings: expected cash, refused below zero (I5). */
const SHIFTS = `
  CREATE TABLE shift (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    drawer_minor INTEGER NOT NULL CHECK (drawer_minor >= 0),
    closed_seq INTEGER REFERENCES journal (seq),
    detail TEXT NOT NULL,
    CHECK ((state = 'closed') = (closed_seq IS NOT NULL))
  ) STRICT;
  CREATE UNIQUE INDEX shift_one_open ON shift (state) WHERE state = 'open';
  CREATE INDEX shift_closed ON shift (closed_seq) WHERE state = 'closed';
`;

const CASH_OUTS = `
  CREATE TABLE cash_out (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('requested', 'refused', 'awaiting_payment', 'cancelling', 'cancelled', 'expired',
      'paid', 'handing_over', 'dispensed', 'settled', 'returning', 'returned')),
    shift_id TEXT NOT NULL REFERENCES shift (id),
    network TEXT NOT NULL,
    external_reference TEXT NOT NULL UNIQUE,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    requested_at_ms INTEGER NOT NULL,
    newest_answer_ms INTEGER,
    paid_seq INTEGER REFERENCES journal (seq),
    paying_shift_id TEXT REFERENCES shift (id),
    detail TEXT NOT NULL,
    CHECK ((state IN ('handing_over', 'dispensed', 'settled')) = (paying_shift_id IS NOT NULL)),
    CHECK (paid_seq IS NOT NULL OR state NOT IN ('paid', 'handing_over', 'dispensed', 'settled', 'returning', 'returned'))
  ) STRICT;
  CREATE INDEX cash_out_state ON cash_out (state, requested_at_ms, id);
  CREATE INDEX cash_out_shift ON cash_out (shift_id, requested_at_ms, id);
  CREATE INDEX cash_out_requested ON cash_out (requested_at_ms, id);
  CREATE INDEX cash_out_paying ON cash_out (paying_shift_id, state, requested_at_ms, id) WHERE paying_shift_id IS NOT NULL;
  CREATE UNIQUE INDEX cash_out_one_handing_over ON cash_out (state) WHERE state = 'handing_over';
  CREATE TRIGGER cash_out_terms_are_fixed BEFORE UPDATE OF id, shift_id, network, external_reference, amount_minor,
    requested_at_ms ON cash_out
  BEGIN SELECT RAISE(ABORT, 'the terms of a cash-out never change'); END;
  CREATE TRIGGER cash_out_stays BEFORE DELETE ON cash_out
  BEGIN SELECT RAISE(ABORT, 'a cash-out is never deleted'); END;

  CREATE TABLE command (
    id TEXT PRIMARY KEY,
    cash_out_id TEXT NOT NULL REFERENCES cash_out (id),
    kind TEXT NOT NULL CHECK (kind IN ('create', 'cancel', 'refund', 'confirm')),
    idempotency_key TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'unknown', 'accepted', 'refused', 'dropped', 'overtaken')),
    enqueued_seq INTEGER NOT NULL REFERENCES journal (seq),
    detail TEXT NOT NULL,
    UNIQUE (cash_out_id, kind)
  ) STRICT;
  CREATE INDEX command_open ON command (enqueued_seq) WHERE state IN ('waiting', 'sending', 'unknown');
  CREATE TRIGGER command_key_is_for_life BEFORE UPDATE OF id, cash_out_id, kind, idempotency_key ON command
  BEGIN SELECT RAISE(ABORT, 'I3: a command keeps its one key'); END;
  CREATE TRIGGER command_stays BEFORE DELETE ON command
  BEGIN SELECT RAISE(ABORT, 'I3: a command is never deleted'); END;
`;

const LEDGER = `
  CREATE TABLE posting (
    seq INTEGER NOT NULL REFERENCES journal (seq),
    line INTEGER NOT NULL,
    shift_id TEXT NOT NULL REFERENCES shift (id),
    cause TEXT NOT NULL CHECK (cause IN ('opening', 'dispense', 'drop', 'closing')),
    cash_out_id TEXT REFERENCES cash_out (id),
    account TEXT NOT NULL CHECK (account IN ('drawer', 'network_receivable', 'float', 'safe', 'over_short')),
    amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0),
    PRIMARY KEY (seq, line),
    CHECK ((cause = 'dispense') = (cash_out_id IS NOT NULL))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX posting_shift ON posting (shift_id, seq, line);
  CREATE UNIQUE INDEX posting_one_dispense ON posting (cash_out_id) WHERE cause = 'dispense' AND account = 'drawer';
  CREATE TRIGGER posting_dispense_is_paid BEFORE INSERT ON posting
  WHEN NEW.cause = 'dispense' AND NOT EXISTS (
    SELECT 1 FROM cash_out
    WHERE id = NEW.cash_out_id AND paid_seq < NEW.seq AND amount_minor = abs(NEW.amount_minor))
  BEGIN SELECT RAISE(ABORT, 'I1: no dispense without earlier evidence of payment'); END;
  CREATE TRIGGER posting_never_changes BEFORE UPDATE ON posting
  BEGIN SELECT RAISE(ABORT, 'I5: a posting never changes'); END;
  CREATE TRIGGER posting_stays BEFORE DELETE ON posting
  BEGIN SELECT RAISE(ABORT, 'I5: a posting is never deleted'); END;

  CREATE TABLE drawer_opening (
    seq INTEGER PRIMARY KEY REFERENCES journal (seq),
    shift_id TEXT NOT NULL REFERENCES shift (id),
    cash_out_id TEXT REFERENCES cash_out (id),
    at_ms INTEGER NOT NULL,
    reason TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('opened', 'manual', 'failed', 'training'))
  ) STRICT;
  CREATE INDEX drawer_opening_shift ON drawer_opening (shift_id);
`;

const THE_REST = `
  CREATE TABLE case_file (
    id TEXT PRIMARY KEY,
    cash_out_id TEXT NOT NULL REFERENCES cash_out (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    opened_seq INTEGER NOT NULL REFERENCES journal (seq),
    detail TEXT NOT NULL
  ) STRICT;
  CREATE INDEX case_file_open ON case_file (opened_seq) WHERE state = 'open';
  CREATE INDEX case_file_cash_out ON case_file (cash_out_id, opened_seq);

  CREATE TABLE slip_job (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('qr', 'receipt', 'x-report', 'z-report', 'drop', 'test')),
    subject_id TEXT NOT NULL,
    copy INTEGER NOT NULL CHECK (copy >= 0),
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'processed', 'sent', 'refused', 'unknown')),
    detail TEXT NOT NULL,
    queued_at_ms INTEGER NOT NULL,
    queued_seq INTEGER NOT NULL REFERENCES journal (seq)
  ) STRICT;
  CREATE INDEX slip_job_subject ON slip_job (subject_id, queued_seq);
  CREATE INDEX slip_job_sending ON slip_job (queued_seq) WHERE state = 'sending';

  CREATE TABLE setting (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL REFERENCES journal (seq),
    detail TEXT NOT NULL
  ) STRICT;

  CREATE TABLE network_block (
    network TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    since_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

export const migration: Migration = {
  version: 1,
  name: 'journal and tables',
  up(db) {
    for (const sql of [JOURNAL, SHIFTS, CASH_OUTS, LEDGER, THE_REST]) db.exec(sql);
  },
};
