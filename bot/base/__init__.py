"""Pure words that every room needs, and the glossary that binds the whole tree.

One word, one meaning; a word changes here in the same commit as in the code.

service      what a supplier lists and we sell; `remote_id` is the supplier's own id for it
category     a shelf label; a category may have subcategories, a service hangs on one of them
shelf        what is on sale now, held in memory as one immutable picture
kind         product (accounts are delivered), social (done to a link) or number (rented)
quote        a locked price for one customer, one service and one quantity; used once
order        what a used quote becomes; it holds the customer's money until it ends
attempt      one `add` leaving us for an order; written down before it leaves
project      what a number can be rented for: codes of one service, in several countries
rental       a rented number on its way: waiting for codes, then closed
code         what a rented number received, with the full text around it
goods        what the supplier delivered for an order, one account per unit
delivery     goods on their way into the chat: pending, sent, unreachable
customer     a person who may buy; known by Telegram's user id
operator     a person who runs the shop; the first ones are named by ADMIN_IDS
role         what an operator may do
desk         the operator's side of the chat
outbox       messages that wait to be sent, each written with what it tells of
notice       a message of the outbox: to a customer, or to operators
alert        a notice to operators that has a beginning and an end, each told once
credit       a customer's balance, granted by an operator
hold         credit set aside for an open order
capture      a hold, or a part of it, becoming sales
release      a hold, or a part of it, going back to the customer
reverse      a transfer made undone by a new, opposite one
top up       credit granted by an operator; debit is its opposite
dialect      the words of one supplier: address, languages, fields, statuses, refusals
rate         the supplier's price, per basis
basis        how many units a rate is for: a number, or flat for the whole order
price, total ours: what the customer reads and pays
cost         what we expect the supplier to take for an order: rate x quantity / basis
charge       what the supplier says it took from the operator; never used for customers
in doubt     an add left us and its outcome is unknown
parked       an order in doubt or in attention: machines leave its money alone
attention    an order that needs a person
evidence     readings of the operator's balance at the supplier around an attempt in doubt
submit queue the orders that wait for one supplier; one at a time is sent
pause        a supplier or service that is kept from new sales until something is put right
translation  a supplier's own text in another language, bound to the English it stands for
copy         the whole shop of one moment in one file, made by `backup`, without any key
safe mode    a restored shop: nothing is bought, sent or settled until an operator opens it
sealed       unreadable without the key: goods, codes, phones and links in the database
card         a message with buttons that is edited in place
"""
