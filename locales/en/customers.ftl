# Customers and visits.

customers-title = Customers
customers-lead = Who came or bought, and why they may be written to. Nothing more: no tastes, no profiles.
customers-add = Add a visit
customers-settings = How long they are kept
customers-empty-title = No customers yet
customers-empty = Add a visit by hand, upload a file of receipts or bookings, or connect your shop. Then you can ask real customers how it was.
customers-needs-agent = Your account sees how many there are, not who they are.
customers-needs-manager = To see everything kept about a person, or to forget her, ask whoever manages this account.
customers-count = Customers
customers-count-recent = Visits in the last 30 days
customers-count-opted-out = Want no messages
customers-search = Find a customer
customers-search-hint = By name, e-mail, telephone or order number.
customers-search-submit = Search
customers-search-clear = Show all
customers-list = Customers, latest visit first
customers-none-title = Nobody by that name
customers-none = Try the e-mail or the order number.
customers-pages = Pages of customers
customers-older = Older
customers-nameless = No name
customers-column-who = Who
customers-column-contact = Contact
customers-column-visit = Last visit
customers-column-may = May we write?
customers-column-day = Day
customers-column-reference = Order or booking
customers-column-origin = How we know
customers-column-state = State
customers-may = Yes
customers-may-not = Wants no messages
customers-may-not-hint = Nobody writes to her any more. This cannot be undone, not even by a new file.
customers-data-asked-title = Somebody asks to see her data
customers-data-asked = You have one month to send it. Open her page and download it.

customers-basis-contract = She bought or came
customers-basis-contract-hint = She left her address when she bought or booked, and could say right there that she wanted no messages.
customers-basis-contract-short = Yes: a customer
customers-basis-consent = She said yes
customers-basis-consent-hint = She ticked a box or signed that she accepts messages.
customers-basis-consent-short = Yes: she said so
customers-basis = Why may we write to her?
customers-basis-note = How was she told that she could say no?
customers-basis-note-hint = Write the sentence or where it stood. For example: “On the booking form, the box ‘I want no messages’”.
customers-neither-title = Neither of the two?
customers-neither = Then nobody may write to her. Give her a code on the receipt: whoever wants to will answer, and no e-mail is needed.

customers-add-title = Add a visit
customers-add-lead = Somebody who came or bought and left an e-mail or a telephone.
customers-add-card = The visit
customers-add-submit = Add
customers-name = Name
customers-email = E-mail
customers-email-hint = The e-mail or the telephone is needed.
customers-phone = Telephone
customers-day = Day of the visit
customers-day-hint = In a hotel, the day of check-out.
customers-reference = Number of the order, booking or invoice
customers-reference-hint = With it, the same visit is not written down twice.
customers-language = Language
customers-language-unknown = Not known
customers-wrong-email = That e-mail does not look right. Check it.
customers-wrong-phone = That telephone does not look right. From abroad, write it with + and the country.
customers-wrong-day = Write the day of the visit.
customers-wrong-basis = Choose why we may write to her. Without a reason, nobody may.
customers-wrong-no-contact = Write her e-mail or her telephone.
customers-wrong-future = That day has not come yet.
customers-wrong-too-old = That visit is too long ago: they are not kept for so long.
customers-wrong-forgotten = That person asked to be forgotten. She is not written down again.
customers-wrong-no-note = Write how she was told that she could say no.

customers-done-added = Added.
customers-done-known = That visit was known already.
customers-done-opted-out = Done: nobody will write to her any more.
customers-done-cancelled = Done: nobody will write to her about that visit.
customers-done-told = Done: her data is sent.
customers-done-forgotten = Done: none of her data is left here. Only that there was a visit is counted.
customers-done-saved = Saved.

customers-known = What we know
customers-nothing = Nothing
customers-since = Added on
customers-visits = Visits
customers-origin-import = File
customers-origin-shop = Shop
customers-origin-hand = By hand
customers-origin-program = Program
customers-cancel = Does not count
customers-cancelled = Cancelled

customers-wishes = What she can ask for
customers-opt-out = She wants no more messages
customers-opt-out-hint = If she told you in person or by letter, write it down here. It holds for ever.
customers-opt-out-submit = Write to her no more
customers-export = She wants to see her data
customers-export-hint = A file with everything about her here and the letters that were sent to her.
customers-export-submit = Download her data
customers-told = I have sent it
customers-erase = She wants to be forgotten
customers-erase-hint = Before anything is deleted we explain what happens.
customers-erase-look = See what happens
customers-erase-soon = She asked to be forgotten. It will be done in a few minutes.
# $name: her name
customers-erase-title = Forget { $name }
customers-erase-lead = It cannot be undone.
customers-erase-what = What happens if you forget her
customers-erase-what-1 = Her name, her e-mail, her telephone and her order numbers are deleted.
customers-erase-what-2 = Letters that were sent to her are emptied, and those that waited do not leave.
customers-erase-what-3 = Only the day of each visit stays, without a name, so that visits can be counted.
customers-erase-what-4 = Nobody will write to her any more: a fingerprint is kept that does not say who she is, so that an old file does not bring her back.
customers-erase-what-5 = What she wrote in your form stays in your list, under the name she gave, until she asks for that too.
customers-erase-submit = Forget
customers-erase-no = No, go back

customers-settings-title = How long customers are kept
customers-settings-lead = The shorter, the better for everybody. After that they are forgotten by themselves.
customers-keep-title = Time
customers-keep = Days after the last visit
customers-keep-hint = Ninety at least: so the “no more of these” of the last letter still works.
# $days: days
customers-keep-is = They are kept for { $days } days after the last visit.
# $min, $max: days
customers-keep-wrong = Write a number between { $min } and { $max }.
customers-opt-outs-title = Those who want no messages
# $count: addresses
customers-opt-outs =
    { $count ->
        [0] Nobody has said no.
        [one] One address. It is kept for ever as a fingerprint that does not say which.
       *[other] { $count } addresses. They are kept for ever as fingerprints that do not say which.
    }

customers-import = Upload a file
customers-import-title = Upload a file of visits
customers-import-lead = Receipts, bookings, hotel check-outs or orders. Nothing is saved until you have looked it over.
customers-import-card = The file
# $max: megabytes
customers-import-hint = Excel (.xlsx), CSV or TSV, with one visit in each row. Up to { $max } MB and 200,000 rows.
customers-import-help = We read Excel (.xlsx), CSV and TSV. The first row has the names of the columns: at least the e-mail or the telephone, and the day.
customers-import-help-title = Which file will do?
customers-import-help-1 = The one your till, booking or hotel program gives you. No need to change it: you will choose which column is what.
customers-import-help-2 = In a hotel the day of check-out counts.
customers-import-help-3 = If your file says who wants no messages, we will heed it for ever.
customers-import-past = Earlier files
customers-import-running = Adding the visits
customers-import-done = File added
customers-import-added = New visits
customers-import-same = Known already
customers-import-opted-out = Of people who want no messages
customers-import-old = Too old, not kept
customers-import-see = See the customers
customers-file-columns = We need to know which column is what
customers-file-rows = The file has more than 200,000 rows
customers-check-title = Look the file over
# $rows: rows
customers-check-lead =
    { $rows ->
        [one] There is one row. See whether we understood it.
       *[other] There are { $rows } rows. See whether we understood them.
    }
customers-sample = The first rows
customers-says-email = E-mail
customers-says-phone = Telephone
customers-says-day = Day of the visit or check-out
customers-says-name = Name
customers-says-surname = Surname
customers-says-reference = Order, booking or invoice
customers-says-language = Language or country
customers-says-opt-out = Wants no messages
customers-says-accepts = Accepts messages
customers-day-order-unsure = No date makes it clear. Look at the first rows.
customers-check-why = Why may we write to them?
customers-check-why-lead = It holds for every row. The law wants you to have it written down; without it nobody is saved.
customers-check-confirm = Save the visits
customers-basis-day = Since when are they told so?
customers-sure = It is true of every person in the file.
customers-wrong-basis-day = Write since which day. It cannot be tomorrow.
customers-wrong-sure = Tick it if it is true. If it is not true of everybody, take the others out first.
customers-wrong-columns = Choose the column of the day and that of the e-mail or the telephone.
customers-row-no-contact = It has no good e-mail or telephone
customers-row-future = Its day has not come yet
customers-row-too-old = It is too old
customers-row-forgotten = That person asked to be forgotten
customers-row-no-note = How she was told is missing

shops-title = Shops on the web
shops-lead = Every delivered order is written down by itself as a visit. Nothing is kept of what was bought.
shops-empty-title = No shop yet
shops-empty = Add yours, and delivered orders will come by themselves.
shops-add-title = Add a shop
shops-add-lead = Only orders that end well are written down. If one is cancelled, the visit is cancelled too.
shops-add = Add the shop
shops-kind = Program
shops-kind-woocommerce = WooCommerce
shops-kind-woocommerce-hint = It tells us. We give you an address and a password.
shops-kind-shopify = Shopify
shops-kind-shopify-hint = It tells us. Its webhook secret is needed.
shops-kind-prestashop = PrestaShop
shops-kind-prestashop-hint = We ask it every ten minutes. Its address and a key are needed.
shops-kind-program = Another program
shops-kind-program-hint = Any that can send signed messages (Standard Webhooks).
shops-name = What you call it
shops-where-needed = only if needed
shops-address = Address of the shop
shops-address-hint = PrestaShop only. It begins with https://
shops-their-secret = Its password or key
shops-their-secret-hint = Shopify: in Settings, Notifications, Webhooks, at the very bottom. PrestaShop: in Advanced Parameters, Webservice, a key that can only read orders and customers.
shops-basis = Why may we write to its customers?
shops-basis-note-hint = Write the sentence at the checkout. For example: “We will write to you once to ask how it was; tick here if you do not want that”.
shops-hook = Address
shops-your-address = https://THE-ADDRESS-OF-TIMÓN
shops-last = Last message
shops-heard = Messages received
shops-skipped = Orders not written down (no address, or old)
shops-failing = Does not answer well
shops-secret = Password
shops-secret-title = Copy this into your shop
shops-secret-once = The password is shown this once. If you lose it, ask for another.
shops-steps-woocommerce = In WooCommerce: Settings, Advanced, Webhooks, Add. Topic “Order updated”, and this address and password.
shops-steps-shopify = In Shopify: Settings, Notifications, Webhooks. Create one for “Order fulfillment” and one for “Order cancellation”, in JSON, with this address.
shops-steps-program = Send “order.completed” to this address, signed with this password.
shops-secret-shopify = Shopify's webhook secret
shops-secret-prestashop = PrestaShop's key
shops-secret-change = Change the password
shops-secret-own = Write the new one. The old one no longer works.
shops-secret-new = We make another and you see it once. The old one stops working at once.
shops-remove = Remove the shop
shops-remove-hint = It no longer writes orders down. The visits it brought stay.
# $name: the shop
shops-remove-question = Remove { $name }?
shops-remove-no = No
shops-forgetting = The shop asked for its data to be deleted. That is being done.
shops-done-added = Shop added.
shops-done-secret = Password changed.
shops-done-removed = Shop removed.
shops-wrong-kind = Choose the program.
shops-wrong-name = Give it a name.
shops-wrong-address = That address will not do. Write it whole, with https://
shops-wrong-tls = The address has to begin with https://, because the key travels with it.
shops-wrong-secret = That password does not look right. Copy it whole, without spaces.
shops-wrong-many = There are too many shops. Remove one first.
shops-error-shop-key = The shop does not accept the key, or the key may not read orders and customers.
shops-error-shop-answer = That address does not answer like PrestaShop. Check that the Webservice is switched on.
shops-error-shop-no-secret = The key is missing. Write it again.
shops-error-unreachable = The shop could not be reached. We will try again.
