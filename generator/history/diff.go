package history

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
)

// A Class says what became of a finding from one month to the next.
type Class string

// The nine classes, and no other: that a finding is gone is not that it is fixed.
const (
	New          Class = "new"                // it was not asked or not found before, and is open
	Worse        Class = "worse"              // the same finding in a worse state
	Better       Class = "better"             // in a better state, short of proof
	Fixed        Class = "fixed with proof"   // it was open and is proven
	Gone         Class = "no longer reported" // its row is gone, and no proof came
	Excepted     Class = "excepted"           // an exception, or a written reason, replaces what was open or proven
	Lapsed       Class = "exception lapsed"   // it was excepted and is open
	RuleChanged  Class = "rule changed"       // the limit or the check is another one, so the two cannot be compared
	InputMissing Class = "input missing"      // what it needs was supplied before and is not now

	notListed Class = ""
)

// Classes lists the classes in the order they are printed: bad news first.
var Classes = []Class{New, Worse, Lapsed, Gone, InputMissing, RuleChanged, Excepted, Better, Fixed}

// A Change is one finding that is not what it was.
type Change struct {
	Class         Class
	ID            string // natural key of the finding; "limit/NAME" for a limit of the policy
	Check         string // "" for a limit
	Kind, Subject string // of the subject
	Name          string // of the subject, as printed
	System        string
	Services      []string
	Was, Is       string // words of the states; "" where there was or is none, and for a limit its value
	WasText       string // what the earlier packet said; "" where it said nothing
	IsText        string // what this one says
	Cause         string // why it is of its class, a sentence
}

// A Diff is what changed from one month to another.
type Diff struct {
	From, To  string // months
	Changes   []Change
	Unchanged int    // findings in the same state in both
	Untested  int    // of them, proven ones that rest on no newer record than before
	Proofs    int    // findings proven now that the earlier month did not have: no news of what was open
	Cannot    string // why findings cannot be compared by name, a sentence; "" they can
}

// Count is how many changes are of a class.
func (d *Diff) Count(c Class) int {
	n := 0
	for i := range d.Changes {
		if d.Changes[i].Class == c {
			n++
		}
	}
	return n
}

// Compare says what changed from an earlier month to a later one. Findings are
// the same when their natural keys are.
func Compare(before, now *evidence.Month) *Diff {
	c := &comparison{before: before, now: now, diff: &Diff{From: before.Name, To: now.Name}}
	c.limits()
	if before.Publish != now.Publish {
		c.diff.Cannot = "The rules by which names are hidden are not those of " + evidence.MonthName(before.Name) + ", so findings cannot be compared by name."
		return c.diff
	}
	was, is := byKey(before.Findings), byKey(now.Findings)
	for _, key := range slices.Sorted(maps.Keys(union(was, is))) {
		c.key(was[key], is[key])
	}
	return c.diff
}

// A comparison is one Compare under way.
type comparison struct {
	before, now *evidence.Month
	diff        *Diff
}

// byKey sorts findings by natural key. Where names are masked several may have
// one key: they are paired in the order of their states.
func byKey(findings []evidence.PastFinding) map[string][]*evidence.PastFinding {
	out := map[string][]*evidence.PastFinding{}
	for i := range findings {
		out[findings[i].ID] = append(out[findings[i].ID], &findings[i])
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(a, b *evidence.PastFinding) int { return cmp.Compare(badness(b.State), badness(a.State)) })
	}
	return out
}

func union(a, b map[string][]*evidence.PastFinding) map[string]bool {
	out := map[string]bool{}
	for k := range a {
		out[k] = true
	}
	for k := range b {
		out[k] = true
	}
	return out
}

func (c *comparison) key(was, is []*evidence.PastFinding) {
	for i := range max(len(was), len(is)) {
		var a, b *evidence.PastFinding
		if i < len(was) {
			a = was[i]
		}
		if i < len(is) {
			b = is[i]
		}
		c.pair(a, b)
	}
}

// pair says what became of one finding; one of the two may be nil.
func (c *comparison) pair(was, is *evidence.PastFinding) {
	class, cause := c.class(was, is)
	if class == notListed {
		return
	}
	f := is
	if f == nil {
		f = was
	}
	change := Change{Class: class, ID: f.ID, Check: f.Check, Kind: f.Kind, Subject: f.Subject, Name: f.Name, System: f.System, Services: f.Services, Cause: cause}
	if was != nil {
		change.Was, change.WasText = was.State, was.Text
	}
	if is != nil {
		change.Is, change.IsText = is.State, is.Text
	}
	c.diff.Changes = append(c.diff.Changes, change)
}

// class is the class of a pair and why; notListed for what did not change.
func (c *comparison) class(was, is *evidence.PastFinding) (Class, string) {
	switch {
	case was == nil:
		return c.arrived(is)
	case is == nil:
		return c.left(was)
	case was.State == is.State:
		c.diff.Unchanged++
		if is.State == proven && is.Text == was.Text {
			c.diff.Untested++
		}
		return notListed, ""
	}
	if limit, changed := c.rule(is.Check); changed {
		return RuleChanged, limit
	}
	return c.moved(was, is)
}

// moved is the class of a finding in another state than before, by one rule.
func (c *comparison) moved(was, is *evidence.PastFinding) (Class, string) {
	switch {
	case is.State == missing && c.lost(is.Check) != "":
		return InputMissing, c.lost(is.Check)
	case is.State == excepted:
		return Excepted, "An exception on file replaces what the records show."
	case is.State == notApplicable:
		return Excepted, "It is set aside with a written reason and a name."
	case was.State == excepted && open(is.State):
		return Lapsed, "No valid exception names it any more."
	case is.State == proven && was.State == notApplicable:
		return Better, "It is judged again, and a record proves it."
	case is.State == proven:
		return Fixed, "A record now proves it."
	case was.State == failed && is.State == missing:
		return Gone, "The record that showed it failed is gone or counts no longer, and no proof came."
	case badness(is.State) > badness(was.State):
		return Worse, "It was " + word(was.State) + "."
	}
	return Better, "It was " + word(was.State) + "."
}

// arrived is the class of a finding that the earlier month did not have.
func (c *comparison) arrived(is *evidence.PastFinding) (Class, string) {
	switch _, asked := c.before.Checks[is.Check]; {
	case is.State == proven || is.State == notApplicable:
		c.diff.Proofs++
		return notListed, ""
	case !asked:
		return RuleChanged, is.Check + " was not asked in " + evidence.MonthName(c.before.Name) + "."
	case is.State == excepted:
		return Excepted, "It is found for the first time, and an exception on file replaces it."
	}
	return New, "The packet of " + evidence.MonthName(c.before.Name) + " had no such finding."
}

// left is the class of a finding that is not there any more.
func (c *comparison) left(was *evidence.PastFinding) (Class, string) {
	switch _, asked := c.now.Checks[was.Check]; {
	case !asked:
		return RuleChanged, was.Check + " is not asked any more."
	case c.lost(was.Check) != "":
		return InputMissing, c.lost(was.Check)
	case was.State == proven || was.State == notApplicable:
		return Gone, "It was " + word(was.State) + "; its row is gone."
	case was.State == missing:
		return Gone, "Nothing in the exports raises it any more, and no proof came."
	}
	return Gone, "Its row is gone, and no proof came."
}

// rule tells that a check's limit is another one now, and says it.
func (c *comparison) rule(check string) (string, bool) {
	was, asked := c.before.Checks[check]
	is, asks := c.now.Checks[check]
	if !asked || !asks || was == is {
		return "", false
	}
	return fmt.Sprintf("The limit of %s was %s and is %s.", check, was, is), true
}

// lost says which data set a check needs that was there before and is not now:
// absent, without rows or short. It is "" when there is none.
func (c *comparison) lost(check string) string {
	asked := assess.CheckByID(check)
	if asked == nil {
		return ""
	}
	var gone []string
	for _, d := range asked.Needs {
		if slices.Contains(c.now.DataSets, d) {
			return "" // one of several is enough to be asked
		}
		if slices.Contains(c.before.DataSets, d) {
			gone = append(gone, d)
		}
	}
	if len(gone) == 0 {
		return ""
	}
	return fmt.Sprintf("The %s export of %s is not there this month, or is not whole.", evidence.And(gone), evidence.MonthName(c.before.Name))
}

// limits lists every limit of the policy that is not what it was.
func (c *comparison) limits() {
	names := map[string]bool{}
	for name := range c.before.Limits {
		names[name] = true
	}
	for name := range c.now.Limits {
		names[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		was, had := c.before.Limits[name]
		is, has := c.now.Limits[name]
		if had && has && was == is {
			continue
		}
		change := Change{Class: RuleChanged, ID: "limit/" + name, Kind: "limit", Subject: name, Name: name, Was: was, Is: is}
		switch {
		case !had:
			change.Cause = fmt.Sprintf("The limit %s is %s; %s had none of that name.", name, is, evidence.MonthName(c.before.Name))
		case !has:
			change.Cause = fmt.Sprintf("The limit %s was %s; there is none of that name any more.", name, was)
		default:
			change.Cause = fmt.Sprintf("The limit %s was %s and is %s.", name, was, is)
		}
		c.diff.Changes = append(c.diff.Changes, change)
	}
}

// word is a state in a sentence.
func word(state string) string { return strings.ReplaceAll(state, "_", " ") }
