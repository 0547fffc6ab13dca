"""Pure words that every room needs, and the glossary that binds the whole tree.

One word, one meaning; a word changes here in the same commit as in the code.

service      what a supplier lists and we sell; `remote_id` is the supplier's own id for it
category     a label of the shelf; it may have subcategories, a service hangs on one of them
shelf        what is on sale now, held in memory as one immutable picture
kind         a kind of order, one class each: product (accounts are delivered), social (done to a
             link), number (rented for codes)
network      where social work is done: a service's names say which, and a link leads to its page
project      what a number can be rented for: codes of one service, in several countries
translation  a supplier's own text in another language, bound to the English it stands for
rate         the supplier's price, per basis
basis        how many units a rate is for: a number, or flat for the whole order
price, total ours: what the customer reads and pays
cost         what we expect the supplier to take for an order: rate x quantity / basis
charge       what the supplier says it took from the operator; never used for customers
pause        a cause that keeps new sales of a supplier or service away until it is put right

quote        a locked price for one customer, one service and one quantity; used once
order        what a used quote becomes; it holds the customer's money until it ends
attempt      one `add` to a supplier; written down before it leaves
submit queue the orders that wait to be sent to one supplier; they leave one at a time
tie          services of several suppliers that an operator calls equal, in an order
stand-in     the next service of a tie, bought where the first cannot be or its supplier refuses
handover     an order that nothing was placed for becomes its stand-in's, at the same price
poll         to ask a supplier how an order or a number stands; settling applies the answer
in doubt     an attempt left us and its outcome is unknown
attention    a state: the order needs a person
parked       in doubt or in attention: no worker moves its money
evidence     readings of the operator's balance at the supplier around an attempt in doubt
rental       a rented number on its way: waiting for codes, then closed
code         what a rented number received, with the full text around it
goods        what the supplier delivered for an order, one account per unit
remedy       what operators do to make an order good: money back, another order, its goods again
replacement  an order that costs its customer nothing, in place of units that were wrong
letter       what a customer and operators write to each other through the bot
delivery     goods or a code on their way into the chat: pending, sent, unreachable

credit       a customer's balance, granted by an operator
top up       to grant credit; debit is its opposite
hold         credit set aside for an open order
capture      a hold, or a part of it, becoming sales
release      a hold, or a part of it, going back to the customer
refund       captured money going back to the customer
reverse      to undo a transfer by a new, opposite one
journal      all transfers, which are never changed; balances are their sums
books        the journal and its balances together; they are proved, from the journal up

customer     a person who may buy; known by Telegram's user id
operator     a person who runs the shop; the `operators` table names them, ADMIN_IDS seeds it
role         what an operator may do: owner, cashier, support, viewer
permission   one kind of thing that a role lets an operator do or read
act          a deed that an operator asks for: who, in which role, under which key
desk         the operators' side of the chat
export       orders, the ledger or customers as files for a spreadsheet, made when an owner asks
card         a message with buttons that is edited in place

dialect      the words of one supplier: address, languages, fields, statuses, refusals
Tx           one transaction while it runs: its connection, its moment, the settings it reads
topic, wake  a transaction names the topic of the work it makes due; its commit wakes the workers
lease        a claimed row is its worker's for a while; afterwards another worker may claim it
claim        a customer's word that something is wrong with an order, open until it is settled;
             of a lease, its number: whoever holds an older one writes nothing more about the row
replica      one process of the shop; several may work on one PostgreSQL database
heartbeat    what a replica counts up while it lives; one that stands still is taken for dead
fence        what keeps an order from leaving once others may have judged it
budget       a rate that all replicas share, each taking its share for a heartbeat
job          an entry of the timetable that one of all replicas does
change       what one replica has changed and the others remember: they forget it
notice       what a person is told unasked, as facts; it is put into words when it is sent
outbox       the notices that wait to be sent, in the same database as what they tell of
slot         a chat's turn in the outbox: one message at a time, and when the next may leave
broadcast    what an operator writes to many customers at once; each gets it once or not at all
segment      whom a broadcast is for: all that is asked there is true of a customer
alert        a notice to operators about a cause: told once when it begins and once when it ends
copy         the whole shop of one moment in one file, made by `backup`, without any key
safe mode    a restored shop: nothing is bought, sent or settled until an operator ends it
fingerprint  a keyed hash of a delivered unit, by which its order is found while it stays sealed
sealed       unreadable without the key: goods, codes, phones and links in the database
"""
