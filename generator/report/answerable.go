package report

import (
	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// answerable are the lines of page 1 about who answers for what: whether the
// last packet was read, and how many findings have nobody to answer for them.
func (b *builder) answerable() []Block {
	read, known := b.lastPacket()
	blocks := []Block{Paragraph{Text: read, Alert: !known}}
	if line, open := b.ownerless(); len(line) > 0 {
		blocks = append(blocks, Paragraph{Text: line, Alert: open})
	}
	return blocks
}

// lastPacket says who read the packet of the month before and what was decided,
// or that nobody is on record as having read it.
func (b *builder) lastPacket() (says Text, read bool) {
	month, end, onFile := assess.LastPacket(b.Set)
	a := assess.Acknowledgement(b.Set, month, end)
	switch {
	case a != nil:
		says = words(strong("Last packet: "), "that of ", monthName(month), " was read by ", a.Reader, " on ", b.figure(evidence.OnDay(a.ReadOn, "read_on", a.Pos), "when the packet of "+month+" was read"))
		if a.Decision == "" {
			return append(says, words("; ", stateAs(assess.Missing, "what was decided is not on record"))...), true
		}
		says = append(says, words("; decided: ", quoted(a.Decision))...)
		if a.Outcome != "" {
			says = append(says, words("; what came of it: ", quoted(a.Outcome))...)
		}
		return append(says, Span{Text: "."}), true
	case onFile:
		return words(strong(monthName(month)+" packet: "), stateAs(assess.Failed, "no record that anyone read it")), false // the one absence that is printed red: it is the reader's own
	}
	return words(strong("Last packet: "), stateAs(assess.Missing, "no earlier packet is on file here, and no record says that anyone read one")), false
}

// ownerless says how many findings that are not proven have no person who
// answers for them; empty where every check is proven.
func (b *builder) ownerless() (says Text, open bool) {
	all, without := 0, 0
	var rows []diag.Pos
	for i := range b.Result.Findings {
		f := &b.Result.Findings[i]
		if !notProven(f.State) {
			continue
		}
		all++
		if b.accountable(f) == "" {
			without++
			rows = append(rows, f.Sources...)
		}
	}
	if all == 0 {
		return nil, false
	}
	n := b.count(without, "count(findings that are failed, missing or stale, and whose record, system and service name no person)", diag.Unique(rows)...)
	return words(strong("Nobody to answer: "), n, " of ", b.count(all, "count(findings that are failed, missing or stale)"), " findings that are not proven ", evidence.Noun(without, "has", "have"), " no owner on record."), without > 0
}

// notProven tells whether a finding asks for something.
func notProven(s assess.State) bool {
	return s == assess.Failed || s == assess.Missing || s == assess.Stale
}

// accountable is the person who answers for a finding: the owner of the record
// it is about, else of the system, else of a service that needs it; "" when no
// person is named.
func (b *builder) accountable(f *assess.Finding) string {
	if b.owners == nil {
		b.owners = b.ownersByKey()
	}
	keys := []string{f.Subject.Kind + "/" + f.Subject.ID, "system/" + f.Subject.System, "service/" + f.Subject.Service}
	for _, s := range f.Subject.Also {
		keys = append(keys, "system/"+s)
	}
	for _, s := range f.Services {
		keys = append(keys, "service/"+s)
	}
	for _, k := range keys {
		if owner := b.owners[k]; owner != "" {
			return owner
		}
	}
	return ""
}

// ownersByKey are the persons that records name, by the subject they are about.
func (b *builder) ownersByKey() map[string]string {
	owners := map[string]string{}
	name := func(key, owner string) {
		if evidence.IsPerson(owner) && owners[key] == "" {
			owners[key] = owner
		}
	}
	for i := range b.Set.Systems {
		name("system/"+b.Set.Systems[i].ID, b.Set.Systems[i].Owner)
	}
	for i := range b.Set.Services {
		name("service/"+b.Set.Services[i].ID, b.Set.Services[i].Owner)
	}
	for i := range b.Set.Tasks {
		name("task/"+b.Set.Tasks[i].ID, b.Set.Tasks[i].Owner)
	}
	for i := range b.Set.Credentials {
		name("credential/"+assess.CredentialKey(&b.Set.Credentials[i]), b.Set.Credentials[i].Owner)
	}
	for i := range b.Set.Accounts {
		name("account/"+b.Set.Accounts[i].Key, b.Set.Accounts[i].Sponsor)
	}
	for i := range b.Set.Exceptions {
		name("exception/"+b.Set.Exceptions[i].ID, b.Set.Exceptions[i].ApprovedBy)
	}
	return owners
}

// subjectOwned names what a finding is about with who answers for it, where
// something is asked for.
func (b *builder) subjectOwned(f *assess.Finding) Text {
	t := b.subject(f)
	if !notProven(f.State) {
		return t
	}
	if owner := b.accountable(f); owner != "" {
		return append(t, words(lineBreak(), small("owner "+owner))...)
	}
	return append(t, words(lineBreak(), stateAs(assess.Missing, "no owner"))...)
}
