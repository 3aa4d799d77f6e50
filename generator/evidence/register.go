package evidence

import (
	"time"

	"proofpack/generator/diag"
)

// A Credential is a certificate, secret, key or licence that ends.
type Credential struct {
	Pos       diag.Pos
	Name      string
	Kind      string // as written: certificate, secret, key, licence
	System    string // id; "" when the row names none
	NotBefore time.Time
	NotAfter  time.Time // the last instant of the day; zero: not recorded
	Owner     string
}

// A Ticket is a ticket of the help desk.
type Ticket struct {
	Pos       diag.Pos
	ID        string
	System    string // id; "" when the row names none
	Signature string // of the alert it is about, as written
	Opened    time.Time
	Closed    time.Time // zero: not recorded
	State     string    // as written
	IsClosed  bool      // by state or closing time
	Cause     string
}

// A Session is a planning or tabletop session.
type Session struct {
	Pos      diag.Pos
	HeldOn   time.Time
	Services []string // ids
	People   string   // as written
	Record   string   // of what was said; "" is by word of mouth
}

// An Acknowledgement is a reader's word that the packet of a month was read.
type Acknowledgement struct {
	Pos      diag.Pos
	Month    string // YYYY-MM of the packet
	Reader   string
	ReadOn   time.Time
	Decision string // what was decided
	Outcome  string // what came of it
	Record   string // where it is written down
}
