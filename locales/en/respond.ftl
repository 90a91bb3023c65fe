# Word, and who waits for an answer.

palabra-title = Word
palabra-unit = in time
# $low and $high: the ends, already written; $n chooses the plural of $count
palabra-interval = { $n ->
    [one] between { $low } and { $high } · { $count } review
   *[other] between { $low } and { $high } · { $count } reviews
}
# The three numbers come already written.
palabra-sentence = Reviews of the last year: { $due }. Answered: { $answered }. In time: { $in_time }.
# $n: reviews still missing
palabra-not-yet = { $n ->
    [one] Can’t say yet: one more review needed of which we know whether you answered it
   *[other] Can’t say yet: { $n } more reviews needed of which we know whether you answered them
}
palabra-not-yet-hint = Import a file that holds your answers, or mark in each mention whether you have answered it.
palabra-formula = Of last year’s reviews that are older than seven days and of which we know whether you answered them, the share you answered in time: within two days if they had three stars or fewer, within seven otherwise. An answer without a date counts as in time. It takes { $min }; the interval, Wilson’s, is right nine times out of ten.

task-answer = Answer { $author }
task-answer-open = Answer
