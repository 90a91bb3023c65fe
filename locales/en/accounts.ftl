# First run, sign-in, and the account page.

start-title = Let’s begin
start-lead = A few details and you can bring your reviews in. Nothing gets published.
start-name = Name of the business
start-name-hint = As your customers see it on the door. If Timón is for yourself, your name.
start-kind = What is it?
start-town = Town
start-email = E-mail
start-email-hint = You will sign in with it.
start-password = Password
start-password-hint = Ten characters or more. A phrase you remember works well.
start-code = Set-up code
start-code-hint = Eight letters and digits. Timón writes them where it was started, so that nobody takes your place.
start-submit = Start
start-small-print = What you bring in stays in this installation. Timón sends it to nobody.

password-show = Show
password-hide = Hide

kind-bar = Bar or café
kind-restaurant = Restaurant
kind-hotel = Hotel or guest house
kind-shop = Shop
kind-online-shop = Online shop
kind-workshop = Garage or workshop
kind-clinic = Clinic or practice
kind-services = Services
kind-person = A person
kind-other = Something else

sign-in-title = Sign in
sign-in-submit = Sign in
sign-in-demo = This is a demonstration. Sign in with:
sign-in-wrong = The e-mail and the password do not match. Check both and try again.
sign-in-too-often = Too many tries in a row. Wait a quarter of an hour and try again.
sign-in-busy = Many people are signing in at once. Wait a few seconds and try again.
sign-out = Sign out

account-title = Account
account-lead = Your business, your data and who can sign in.
account-sources-lead = Where Timón listens: imports, alerts, your mail.
account-sources-go = See the sources
account-answers-go = How you answer
account-notices = Notices
account-notices-lead = Timón can tell you by mail or on your phone when something goes wrong.
account-notices-go = See the notices
account-values = Before it happens
account-values-lead = Write in calm what you never do and what you always do: on the bad day you will know what to do.
account-values-go = Your five lines
account-drill-go = Do a drill
account-organization = Your business
account-time-zone = Time zone
account-time-zone-hint = For instance, Europe/London. It tells us on which day each thing was said.
account-safe = Your data is yours
account-export-lead = Download your mentions, with their answers, and your sources as a ZIP: to read them in a spreadsheet or take them elsewhere.
account-export = Download my data
account-backup-lead = For a backup of the whole installation, run this on the server:
account-password = Change the password
account-password-current = Current password
account-password-new = New password
account-password-submit = Change the password
account-members = Who can sign in
account-role = What they can do
account-since = Since

role-viewer = Read
role-agent = Read and answer
role-manager = Answer, import and look after the sources
role-owner = Everything

name-missing = The name is missing. Write your business’s or your own.
kind-missing = It does not say what it is. Choose the closest one.
email-wrong = That e-mail does not look complete. Write it like name@example.com
password-too-short = The password is short. Use ten characters or more.
password-too-long = The password is far too long. Stay below 200 characters.
password-too-common = That password is one of the first anybody would try. Choose another, such as three words that do not belong together.
password-not-current = That is not your current password. Type it again.
code-wrong = The code does not match. Look at it where Timón was started and type it exactly.
time-zone-wrong = We do not know that time zone. Write it like Europe/London or Europe/Dublin.
