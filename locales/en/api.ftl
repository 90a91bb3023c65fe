# What programs are told when something cannot be.

api-no-key = A key is needed
api-no-key-hint = Send the key in the header Authorization: Bearer. Keys are made in Account, Keys for programs.
api-scope = This key may not do this
api-scope-hint = Use a key that may do more.
api-too-often = Too many requests in a row
api-too-often-hint = Wait for the seconds that Retry-After says.
api-not-found = There is nothing here
api-not-found-hint = There is no such address or id.
api-no-method = This cannot be asked in this way
api-no-method-hint = The header Allow says how.
api-invalid = This request cannot be used
api-invalid-hint = See “errors”: it says what is wrong.
api-not-json = The body must be JSON
api-not-json-hint = Send Content-Type: application/json.
api-too-large = The request is too long
api-too-large-hint = There is room for 64 kB.
api-running = This is being done already
api-running-hint = Wait a few seconds and ask again with the same Idempotency-Key.
api-name-reused = That Idempotency-Key was used for something else
api-name-reused-hint = Use a new one for each action.
