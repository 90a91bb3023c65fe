# Import and sources.

source-google = Google
source-tripadvisor = TripAdvisor
source-trustpilot = Trustpilot
source-booking = Booking
source-yelp = Yelp
source-google-play = Google Play
source-app-store = App Store
source-file = Somewhere else
source-feed = News feed (RSS)
source-in-person = Said in person
source-mailbox = Your mailbox

import-title = Import reviews
import-lead = Upload a file or paste what you copy from a web page. It is not kept as a review until you have checked it.
import-steps = Steps of the import
import-step-choose = Choose
import-step-check = Check
import-step-done = Done
step-done = done

import-source = Where do they come from?
import-source-hint = If the file says so, we go by the file.
import-source-guess = I don’t know, guess it
import-file-title = Upload a file
import-file = File
# $max: megabytes
import-file-hint = Excel (.xlsx), CSV, JSON or the ZIP from Google Takeout. Up to { $max } MB.
import-file-drop = Drop the file here or look for it
import-file-too-large = It is larger than { $max } MB. Split it in two and upload each part.
import-file-submit = Upload and check
import-paste-title = Copy and paste
import-paste = Copied text
import-paste-hint = Copy several reviews in a row from the web page, with name, stars and date. If you only have the text, leave a blank line between one and the next.
import-paste-example =
    Martha G.
    5 stars
    2 weeks ago
    Lovely people and home cooking.
import-paste-submit = Check what I pasted

import-help-title = How do I get my reviews?
import-help-1 = Google: go to takeout.google.com with the account of your listing, tick only “Google Business Profile”, download the ZIP and upload it as it is.
import-help-2 = Trustpilot: in your business account, open your reviews and download them as CSV.
import-help-3 = TripAdvisor, Booking and the rest: open your page, select the reviews, copy and paste.
import-help-4 = A sheet of your own: any Excel (.xlsx) or CSV file will do, with the names of the columns in the first row and one review in each of the others.

import-past = Earlier imports
import-column-what = What
import-column-when = When
import-column-state = State
import-pasted-name = Pasted text
import-state-draft = To check
import-state-running = Running
import-state-finished = Finished
import-state-failed = Stopped by a fault
import-added = New
import-revised = Changed
import-same = Already there
import-rejected = Left out

import-check-title = Check before saving
# $rows: rows, sometimes an estimate
import-check-lead = { $rows ->
    [0] We found no reviews.
    [one] We found about one review. See below whether we understood it.
   *[other] We found about { $rows } reviews. See below whether we understood them.
}
import-check-nothing = We see no reviews
import-check-nothing-hint = If it is a file, correct the columns and press “Look again”. If it is pasted text, discard it and copy it again with name, stars and date.
import-check-where = Where they are kept
import-source-name = Name of the source
import-columns = What each column holds
import-columns-lead = This is our guess. Change what is wrong and press “Look again”.
import-columns-more = More columns, dates and stars
import-column-none = None
# $n: place of the column
import-column-number = Column { $n }
import-role-text = Text
import-role-stars = Stars
import-role-date = Date
import-role-author = Author
import-role-title = Title
import-role-id = Identifier
import-role-url = Link
import-role-reply_text = Your answer
import-role-reply_date = Date of your answer
import-role-place = Establishment
import-role-text_more = Second part of the text
import-date-order = Order of the dates
import-day-first = Day first (31/12)
import-month-first = Month first (12/31)
import-stars-best = The best score
# $best: 5, 10 or 100
import-stars-best-of = { $best } points
import-confirm = Save the reviews
import-look-again = Look again
import-discard = Discard

import-sample = This is how they will look
import-sample-empty = There is nothing to show yet.
import-rejections = Rows left out
import-line = Line
import-reason = Why
import-excerpt = How it begins

import-running-title = Saving your reviews
import-running-lead = You can close this page: it goes on without you.
import-running-label = Saving
import-progress = { $done } of { $total }

import-done-title = Import finished
import-failed-title = The import stopped
# $added: new reviews
import-done-lead = { $added ->
    [0] No new reviews came in.
    [one] One new review came in.
   *[other] { $added } new reviews came in.
}
import-see-today = Go to Today
import-see-mentions = See the mentions
import-another = Import more
import-nothing-title = There was nothing to import
import-nothing = Check that it is the file you meant and try again.
# $n: rows left out
import-rejected-lead = { $n ->
    [one] One row was left out. It is below, with the reason. Correct it in the file and upload it again: the rest will not be repeated.
   *[other] { $n } rows were left out. The first ones are below, with the reason. Correct them in the file and upload it again: the rest will not be repeated.
}

row-no-text-and-no-stars = It has neither text nor stars
row-bad-stars = We do not understand the stars
row-bad-date = We do not understand the date
row-bad-json = The JSON is badly written
row-too-many-fields = It has more cells than it should
row-cell-too-long = One cell is far too long
row-row-too-long = The row is far too long
row-open-quote = A quotation mark opens and never closes
row-truncated = The file is cut short here; nothing follows
row-too-many-rows = The file has too many rows; from here on it was not read
row-too-large = The file is too large; from here on it was not read

file-empty = The file is empty
file-empty-hint = Open it to check, save it with the reviews and upload it again.
file-too-large = The file is too large
file-too-large-hint = Split it in two and upload each part. If it is compressed, what counts is its size once opened.
file-unknown-format = We cannot read this kind of file
file-unknown-format-hint = We read Excel (.xlsx), CSV, JSON and the ZIP from Google Takeout. If it is an old Excel file (.xls), save it as .xlsx. If it is a PDF or a web page, copy the text and paste it.
file-encoding = We cannot read the letters of the file
file-encoding-hint = Open it in your spreadsheet program, save it as Excel (.xlsx) or as “CSV UTF-8” and upload it again.
file-line-too-long = The file has a line that is far too long
file-line-too-long-hint = A quotation mark is usually missing. Open it in your spreadsheet program, save it as Excel (.xlsx) and upload it again.
file-zip-bomb = The file grows too much when opened
file-zip-bomb-hint = We stopped to be safe. Unpack it on your computer and upload only the file with the reviews.
file-corrupt = The file is damaged or incomplete
file-corrupt-hint = Download it again and upload the new copy.
file-too-many-columns = The file has too many columns
file-too-many-columns-hint = Keep those with text, stars, date and author, delete the others and upload it again.
file-no-usable-columns = We find neither the text nor the stars
file-no-usable-columns-hint = Put the names of the columns in the first row, such as “Text”, “Stars” and “Date”, and upload it again. You can also copy and paste.
file-io = We could not save or read the file
file-io-hint = Try again. If it happens again, tell whoever runs this installation: the disk may be full.
file-gone = The file is no longer there
file-gone-hint = What is not confirmed is deleted after 24 hours. Upload or paste it again.
paste-empty = We see no reviews in what you pasted
paste-empty-hint = Copy from the name of the first person to the end of the last review, with stars and date, and paste it again.

sources-title = Sources
sources-lead = Where we listen and how well it can be heard.
sources-empty-title = We are not listening anywhere yet
sources-empty = Import your reviews or add an address below.
sources-kind = Where from
sources-mentions = Mentions
sources-newest = Newest
sources-state = How it goes
sources-asked = Last visit
sources-no-replies = This source does not say what has been answered. Mark it yourself in each mention.
sources-add-title = Listen somewhere else
sources-add-lead = A local paper, a blog, a forum or a Google alert: anything that publishes an RSS feed. We visit it several times a day.
sources-url = Address
sources-url-hint = It begins with https://. For Google Alerts: create the alert, choose “Deliver to: RSS feed” and copy its address here.
sources-name = What you want to call it
sources-add-submit = Add
sources-ask-now = Visit now
sources-pause = Pause
sources-resume = Listen again

sources-mailbox = Mailboxes
sources-mailbox-state = See it under mailboxes
source-health-well = Heard well
source-health-waiting = Not visited yet
source-health-failing = Cannot be heard
source-health-paused = Paused
source-health-gone = No longer exists

feed-error-bad-url = The address is not written properly. Copy all of it, from https://.
feed-error-bad-scheme = The address must begin with https:// or http://. Copy it again.
feed-error-bad-port = The address uses a port that we do not visit. Look for one without a number after a colon.
feed-error-userinfo = The address carries a user name or a password. Take them out and try again.
feed-error-private-address = The address leads to a private network, not to the internet. Use a public address.
feed-error-dns = We cannot find that site. Check the name; if it is right, we will try again.
feed-error-connect = The site does not answer. We will try again.
feed-error-tls = The connection with the site is not safe. Tell whoever runs it or look for another address.
feed-error-timeout = The site takes too long. We will try again.
feed-error-too-large = The site sends more than we read at once. Look for a shorter feed.
feed-error-too-many-redirects = The site sends us from one address to another without end. Open it in the browser and copy the last one.
feed-error-bad-redirect = The site sends us to an address that does not exist. Look for the new one and add it.
feed-error-downgrade = The site sends us to an address without encryption. Look for one that begins with https://.
feed-error-bad-response = The site answered something we cannot make out. We will try again.
feed-error-http-status = The site answered with an error. Open the address in the browser to see whether it is still there.
feed-error-setup = This server cannot reach the internet. Tell whoever runs this installation.
feed-error-not-a-feed = There is no RSS feed at that address. Look on the site for a link that says “RSS”.
feed-error-feed-malformed = The feed is badly written or cut short. We will try again.
feed-error-feed-out-of-bounds = The feed is too tangled to read. Look for another one on the same site.
feed-error-mailbox = We cannot read this mailbox. See why under “Mailboxes”.
feed-error-feed-gone = The site says that this feed no longer exists. Look for the new one and add it.
source-name-file = Other reviews
import-needs-manager = Whoever looks after the sources imports: ask the person who gave you access.
source-health-old = The latest is old
# an exact count
import-check-lead-exact = { $rows ->
    [0] We found no reviews.
    [one] We found one review. Check below that we understood it.
   *[other] We found { $rows } reviews. Check below that we understood them.
}
