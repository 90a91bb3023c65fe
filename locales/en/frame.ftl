# The frame of every page: navigation, everybody's words, and the problems with what can be done about them.

nav-label = Main menu
nav-today = Today
nav-mentions = Mentions
nav-warnings = Warnings
nav-sources = Sources
nav-account = Account
skip-to-content = Skip to the content
tagline = Your reputation, your hand on the helm
language-label = Language
back-to-today = Back to Today

save = Save
saved = Saved.
optional = optional
form-errors = Please check this
never = Never
source = Source
month = Month
total = Total

how-computed = How it is worked out
# $n: reviews still needed
not-yet-ratings = { $n ->
    [one] Can’t say yet: one more review with stars needed
   *[other] Can’t say yet: { $n } more reviews with stars needed
}

stars = Stars
# $n: from 1 to 5
stars-n = { $n ->
    [one] One star
   *[other] { $n } stars
}
stars-spoken = { $n ->
    [one] One of 5 stars
   *[other] { $n } of 5 stars
}

sentiment-negative = Unhappy
sentiment-neutral = So-so
sentiment-positive = Happy
sentiment-unsure = Not clear

reply-unknown = Not known
reply-unanswered = Unanswered
reply-answered = Answered

language-es = Spanish
language-en = English
language-ca = Catalan
language-gl = Galician
language-eu = Basque
language-pt = Portuguese
language-fr = French
language-it = Italian
language-de = German
language-nl = Dutch
language-unsure = Not clear

problem-not-found = There is nothing here
problem-not-found-hint = The address may be mistyped, or it was deleted. Go back to Today and look for it from there.
problem-signed-out = You need to sign in
problem-signed-out-hint = You have not signed in yet, or your session has ended. Sign in and try again.
problem-forbidden = You are not allowed to do this
problem-forbidden-hint = Ask whoever runs this account.
problem-stale-form = This page was open for too long
problem-stale-form-hint = Nothing was saved. Copy what you wrote, reload the page and send it again.
problem-invalid-form = We did not understand the form
problem-invalid-form-hint = Nothing was saved. Go back, reload the page and try again.
problem-too-large = This is too long
problem-too-large-hint = Nothing was saved. Send it in two or three parts.
problem-upload-too-large = The file is too large
problem-upload-too-large-hint = Nothing was saved. Split the file in two and upload each part, or ask whoever runs this installation to raise the limit.
problem-conflict = Somebody changed it at the same time as you
problem-conflict-hint = Your change was not saved. Open the page again, see how it is now and repeat it if you still need to.
problem-internal = Something failed on our side
problem-internal-hint = It is not your fault. Wait a minute and try again. If it keeps failing, tell whoever runs this installation: what happened is in the log.
problem-export-busy = A download is already being prepared
problem-export-busy-hint = Wait a minute and ask for it again.
problem-not-read-yet = We have not read it yet
problem-not-read-yet-hint = Wait a few seconds, open the mention again and correct it then.
problem-too-many-corrections = There are a thousand corrections in force already
problem-too-many-corrections-hint = In “What was learnt”, undo those that are no longer needed.
problem-too-many-sources = There are too many sources already
problem-too-many-sources-hint = Pause or join some before you add another.
