-- One row, written in each commit of the loop: which database this is, and how many commits it has seen. The file
-- stack.mark in the data folder says the same, so that a database that went back is noticed.
CREATE TABLE stack_run (
    id INTEGER PRIMARY KEY,
    run_id VARCHAR(36) NOT NULL,
    commits BIGINT NOT NULL
);
