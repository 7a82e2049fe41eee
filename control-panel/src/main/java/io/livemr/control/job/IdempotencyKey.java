package io.livemr.control.job;

/** A key and the account that made it up: nobody gets another's job by guessing its key. */
record IdempotencyKey(String account, String text) { }
