// Package publish decides what of the exports a reader sees: which columns
// stand on pages, and what becomes of the values of columns that are hidden.
//
// It stands after intake and before report, and no check ever meets it. Checks
// judge the exports as they are, for a masked name joins to nothing; what they
// said is changed last, in the finished report, where every value of a hidden
// column is replaced wherever it stands. So hiding a column can't change a
// state, a count or a rank.
package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

// A Rule is what becomes of one column.
type Rule struct {
	DataSet   string
	Column    string // canonical column, or a heading that no column claims
	Treatment config.Treatment
	Line      int    // line of the configuration; 0 for a default
	Why       string // of a default: the reason for it
}

// Own tells that the configuration sets the rule. Values of such a column are
// hidden wherever they stand; a default hides the column only.
func (r Rule) Own() bool { return r.Line > 0 }

// Options are what a policy is made of.
type Options struct {
	Set     *evidence.Set
	Rules   []config.Published
	Waivers []config.Waiver
	Key     []byte // makes pseudonyms; needed where NeedsKey says so
}

// NeedsKey tells whether a rule asks for pseudonyms.
func NeedsKey(rules []config.Published) bool {
	return slices.ContainsFunc(rules, func(r config.Published) bool { return r.Treatment == config.Pseudonym })
}

// A Policy is the rules of one month, with the values that they hide. A nil
// Policy shows every column that is claimed.
type Policy struct {
	rules    []Rule
	key      []byte
	people   map[string]string // folded name -> the one name of the same account
	roles    map[string]bool   // the one name of accounts that are no person's
	names    map[string]string // one name -> pseudonym
	kinds    map[string]string // one name -> kind of thing, the first word of the pseudonym
	values   matcher           // in sentences
	files    matcher           // in names of files and anchors
	secrets  bool              // some cell holds a secret: sentences are searched for it
	waivers  []Waived
	outright map[string]bool // folded values in sentences that are ordinary words, and stay
}

// New makes the policy of a set.
func New(o Options) *Policy {
	p := &Policy{key: o.Key, names: map[string]string{}, kinds: map[string]string{}, outright: map[string]bool{}}
	for _, r := range o.Rules {
		p.rules = append(p.rules, Rule{DataSet: r.DataSet, Column: r.Column, Treatment: r.Treatment, Line: r.Line})
	}
	for _, d := range defaults {
		if _, set := p.rule(d.DataSet, d.Column); !set {
			p.rules = append(p.rules, d)
		}
	}
	for _, w := range o.Waivers {
		p.waivers = append(p.waivers, Waived{Waiver: w})
	}
	p.people, p.roles = sameAccount(o.Set)
	p.hide(o.Set)
	return p
}

// Rules are every rule in use for the data sets of a set, in the order of data
// sets and columns.
func (p *Policy) Rules(set *evidence.Set) []Rule {
	if p == nil {
		return nil
	}
	var all []Rule
	for _, r := range p.rules {
		if set.Supplied(r.DataSet) {
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, func(a, b Rule) int {
		if a.DataSet != b.DataSet {
			return strings.Compare(a.DataSet, b.DataSet)
		}
		return strings.Compare(a.Column, b.Column)
	})
	return all
}

// rule is the rule of a column; false when there is none.
func (p *Policy) rule(dataSet, column string) (Rule, bool) {
	if p == nil {
		return Rule{}, false
	}
	for _, r := range p.rules {
		if r.DataSet == dataSet && strings.EqualFold(r.Column, column) {
			return r, true
		}
	}
	return Rule{}, false
}

// KeyID names the key of the pseudonyms without giving it away; "" when none
// was used.
func (p *Policy) KeyID() string {
	if p == nil || len(p.key) == 0 {
		return ""
	}
	sum := sha256.Sum256(append([]byte("proofpack pseudonym key id\n"), p.key...))
	return hex.EncodeToString(sum[:4])
}

// Naming is every rule of the configuration in one line, with the key of its
// pseudonyms; "" when nothing is hidden by a rule. Two months of one Naming
// call a thing by the same name.
func (p *Policy) Naming() string {
	if p == nil {
		return ""
	}
	var parts []string
	for _, r := range p.rules {
		if r.Own() && r.Treatment != config.Show {
			parts = append(parts, r.DataSet+"."+r.Column+": "+string(r.Treatment))
		}
	}
	slices.Sort(parts)
	if id := p.KeyID(); id != "" {
		parts = append(parts, "key "+id)
	}
	return strings.Join(parts, "; ")
}

// Active tells whether anything is hidden beyond whole columns.
func (p *Policy) Active() bool {
	return p != nil && (len(p.values.first) > 0 || p.secrets)
}

// Text is words as a reader may see them: without a value of a hidden column,
// without a secret.
func (p *Policy) Text(s string) string {
	if !p.Active() || s == "" {
		return s
	}
	s = p.values.replace(s)
	if p.secrets {
		s = withoutSecrets(s)
	}
	return s
}

// File is a name of a file or an anchor without a value of a hidden column.
// Two names may become one: the caller numbers them.
func (p *Policy) File(s string) string {
	if !p.Active() {
		return s
	}
	return p.files.replace(s)
}

// Ordinary counts the values of a rule that stay in sentences, because they are
// words or numbers that sentences need: "yes", "Backup", "12".
func (p *Policy) Ordinary() int {
	if p == nil {
		return 0
	}
	return len(p.outright)
}

// Says is the policy in one line, for the seal.
func (p *Policy) Says(set *evidence.Set) string {
	parts := []string{"columns that nothing claims: drop"}
	for _, r := range p.Rules(set) {
		parts = append(parts, r.DataSet+"."+r.Column+": "+string(r.Treatment))
	}
	return strings.Join(parts, "; ")
}
