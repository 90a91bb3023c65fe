# The drill: a quarter of an hour, twice a year.

drill-title = Drill
drill-lead = A quarter of an hour to try, in calm, what you would do if people turned on you tomorrow.
drill-how = How it goes
drill-step-see = You see the warning, when your own Timón would have given it.
drill-step-triage = You say what it is.
drill-step-tell = You say who decides and who is told.
drill-step-say = You write what you would say to everybody.
drill-step-answer = You answer the first three.
drill-safe = Everything happens in a copy of your data, which is deleted at the end. The complaints are invented. Nothing is sent or published.
drill-begin = Prepare the drill
drill-open = There is one under way
drill-go-on = Go on
drill-few-title = Not yet
# $min: mentions
drill-few = It takes { $min } mentions of the last year to know what is usual for you. Bring in your reviews and come back.
drill-done = Earlier ones
# $n: minutes
drill-took = { $n ->
    [one] One minute
   *[other] { $n } minutes
}
drill-see-report = See how it went
problem-drill-few = A drill is not possible yet
problem-drill-few-hint = There are too few mentions to know what is usual for you. Bring in your reviews and come back.
drill-mark-title = This is a drill
drill-mark = None of this has happened. The complaints are invented and you work on a copy that is deleted at the end.
drill-mark-over = None of this happened. The copy and the invented complaints are deleted; only this report is left.
drill-preparing-title = Preparing the copy
drill-preparing = It usually takes less than a minute. This page reloads by itself.
drill-cut-title = It was interrupted
drill-cut = The copy is gone: Timón was restarted. Leave this one and begin another.
drill-abandoned-title = This drill was left halfway
drill-abandoned = Nothing of it is left. You can begin another whenever you like.
drill-abandon = Leave it and delete the copy
drill-ready = All is ready
# $n: mentions; $date: last day
drill-ready-lead = We have copied { $n } of your mentions, up to { $date }. That day, at ten in the morning, the invented complaints begin to come in. Find a quiet quarter of an hour and start the clock.
drill-start-clock = Start the clock
# $step: step; $minutes: minutes since the beginning; $target: minutes of this step
drill-clock = Step { $step } of 5 · { $minutes ->
    [0] you have just begun
    [one] one minute so far
   *[other] { $minutes } minutes so far
} · for this step, about { $target } minutes
drill-name-see = See the warning
drill-name-triage = What it is
drill-name-tell = Who decides and who is told
drill-name-say = What is said
drill-name-answer = Answer the first three
# $level: level; $hours, $minutes: since the first complaint; $n: complaints by then; $all: complaints in all
drill-seen = Timón would have given the warning (“{ $level }”) { $hours ->
    [0] { $minutes } minutes
    [one] one hour and { $minutes } minutes
   *[other] { $hours } hours and { $minutes } minutes
} after the first complaint, with { $n } of the { $all } that came.
# $n: complaints
drill-not-seen = With { $n } invented complaints, your Timón would not have warned.
drill-not-seen-lead = It is good to know. Go on as if you had learnt of it from these:
drill-seen-it = I have seen it
drill-next = Next
drill-triage-lead = This is one of them. Read it and say what it is.
drill-decider = Who decides
drill-told = Who is told, and how
drill-told-example = For example: the team or the family, by phone
drill-say-lead = What you would say to everybody, where people will read it.
drill-statement = What you say
drill-statement-hint = A fact, what you are sorry for and what you do now. Accuse nobody and give nobody's data.
drill-check = Save and read it over
drill-answer-lead = Answer as you really would: once, calmly, for whoever reads it.
drill-answer = Your answer
# $author: who complained
drill-answer-to = Your answer to { $author }
drill-end = Finish
drill-report-title = How it went
drill-report-seen = What Timón saw
drill-report-next = The next step
drill-report-good = What went well
drill-report-slow = What was slow
drill-report-said = What you wrote
drill-good-none = This time, having tried. That is more than nearly anybody does.
drill-good-seen = The warning would have come.
drill-good-same-class = You saw the same as Timón.
drill-good-decider = You know who decides.
drill-good-told = You know who to tell.
drill-good-statement = You have something to say.
drill-good-answered = You answered all three.
drill-good-in-time = All of it in a quarter of an hour.
drill-slow-none = Nothing. In such calm one decides well, too.
drill-slow = slow
drill-column-step = Step
drill-column-time = You took
drill-column-target = What we suggest
# $class: what it looks like
drill-suggested = Timón would have said: { $class }. Neither of you has to be right.
drill-next-settings = Your Timón would not have warned in time. See whether you want to be warned earlier, and bring in more of what is said of you.
drill-next-charter = Write the first of your five lines: it would have made it easier to decide what this was.
drill-next-decider = Decide today who decides when something like this happens, and write it into your lines.
drill-next-told = Write down who you would tell and keep their numbers at hand.
drill-next-statement = Prepare a first sentence that serves for nearly everything: what you know, what you are sorry for, what you do now.
drill-next-slow-see = Open an old warning and its dossier some time, to know where everything is.
drill-next-slow-triage = Read your five lines again. The clearer they are, the sooner you will know what each complaint is.
drill-next-slow-tell = Write on paper who decides and who is told, with their numbers.
drill-next-slow-say = Keep what you wrote today: next time you will begin there.
drill-next-slow-answer = Keep the best of your three answers: next time you will begin there.
drill-next-again = None. Do it again in half a year.
