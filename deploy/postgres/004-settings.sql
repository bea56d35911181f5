-- What all processes must agree on and what data are written by, noted by the first of them.

CREATE TABLE tally_setting (
    name text PRIMARY KEY,
    value text NOT NULL);
