package evidence

import (
	"time"

	"proofpack/generator/diag"
)

// An AccountKind is who or what signs in with an account. The zero value is
// unknown.
type AccountKind string

// The kinds of accounts.
const (
	KindUnknown AccountKind = ""
	KindPerson  AccountKind = "person"
	KindService AccountKind = "service"
	KindShared  AccountKind = "shared"
	KindVendor  AccountKind = "vendor"
	KindGuest   AccountKind = "guest"
)

// An MFA is what an export says of the second factor of an account. The zero
// value is unknown, which is never yes.
type MFA int

// What can be said of a second factor.
const (
	MFAUnknown    MFA = iota // nothing is written
	MFANone                  // a record says that there is none
	MFARegistered            // a factor is there; nothing says that it is asked for
	MFAEnforced              // nobody signs in without it
)

// String is the word of it as printed.
func (m MFA) String() string {
	switch m {
	case MFANone:
		return "none"
	case MFARegistered:
		return "registered"
	case MFAEnforced:
		return "enforced"
	case MFAUnknown:
	}
	return "unknown"
}

// An Account is what one person, program or supplier signs in with: the rows
// of all directories that are of it, merged so that the worse of them counts.
type Account struct {
	Pos         diag.Pos // of its first row
	Key         string   // the login in small letters: what findings name it by
	Login       string   // as written in the first row
	DisplayName string
	Names       []string // every other name it signs in by, folded and sorted
	Rows        []AccountRow

	Kind       AccountKind
	Enabled    Answer // Yes when it is in any directory, No when it is in none
	Privileged Answer // Yes when it is in any directory, No only when every one says so
	MFA        MFA    // the least that any directory says; Active Directory holds none and is not asked

	LastLogin     time.Time // newest of the directories; zero: none recorded
	NeverLoggedIn bool      // a directory says never, and none says when
	Created       time.Time // zero: not recorded
	Expires       time.Time // the latest end; zero: none recorded
	NoEnd         bool      // a directory says that it never ends, or records none
	SecretSet     time.Time // when its password or secret was last set; only of service accounts is that ever judged

	Sponsor, Reason, Approver string
	EmployeeID                string
	Holds                     []string // groups, licences and keys that it still has
	HoldsKnown                bool     // every directory says what it holds, if only that it is nothing
}

// An AccountRow is one row of one directory.
type AccountRow struct {
	Pos       diag.Pos
	Directory string // "Entra ID", "Active Directory", or the file
	Login     string // as written
	Enabled   Answer
}

// Directories are where the account is, each once, in order of its rows.
func (a *Account) Directories() []string {
	var out []string
	seen := map[string]bool{}
	for _, r := range a.Rows {
		if !seen[r.Directory] {
			seen[r.Directory] = true
			out = append(out, r.Directory)
		}
	}
	return out
}

// Places are the rows the account was merged from.
func (a *Account) Places() []diag.Pos {
	out := make([]diag.Pos, len(a.Rows))
	for i, r := range a.Rows {
		out[i] = r.Pos
	}
	return out
}

// A Review is one decision of an access review.
type Review struct {
	Pos           diag.Pos
	ID            string
	Login         string // as written
	Account       string // key of the account; "" when none answers to the login
	Resource      string // as written
	System        string // id, when the resource is a system
	Service       string // id, when the resource is a service
	Reviewer      string // as written
	ReviewedBy    string // key of the reviewer's own account; "" when none answers
	Decision      Decided
	DecisionText  string // as written
	DecidedAt     time.Time
	CarriedOutAt  time.Time // zero: not recorded
	Justification string
}

// A Decided is what an access review decided. The zero value decided nothing.
type Decided string

// The decisions of an access review.
const (
	NotReviewed  Decided = ""
	DecideKeep   Decided = "keep"
	DecideRevoke Decided = "revoke"
	DecideChange Decided = "change"
)

// A Leaver is a person who left.
type Leaver struct {
	Pos         diag.Pos
	EmployeeID  string
	Login, Name string    // as written; one of the two is there
	LeftOn      time.Time // the last instant of the day
	Record      string    // of the offboarding; "" is by word of mouth
	Accounts    []string  // keys of the accounts that are the person's
	ByName      bool      // they were found by the name alone
}

// A Person is somebody who may own, approve or review.
type Person struct {
	Pos         diag.Pos
	Name, Login string
	Role        string
	LeftOn      time.Time // zero: no last day that is past is on record
	Current     Answer    // Yes only when the row says that the person works here
}

// A Vendor is a supplier, or one case that is open with it.
type Vendor struct {
	Pos          diag.Pos
	Name         string
	Systems      []string // ids
	ContractEnds time.Time
	Contact      string
	OpenCases    string // as written

	Case                     string // id of the case the row is about
	CaseOpened, CaseAnswered time.Time
}

// An AccountJoin is a name that was taken for an account by a weak key.
type AccountJoin struct {
	Name    string // as written
	Account string // key
	By      string // "mail", "sAMAccountName", "employee id", "name"
	Pos     diag.Pos
}
