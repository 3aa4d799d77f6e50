package assess

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// ownerPresent (GOV-07) asks whether whoever owns something is still there to
// be asked.
var ownerPresent = Check{
	ID:          "GOV-07",
	Question:    "Is every owner on record a person who still works here?",
	Why:         "A name that nobody answers to is no owner.",
	Needs:       []string{evidence.People, evidence.Leavers},
	Rests:       []string{evidence.Inventory, evidence.Services},
	Discipline:  Routines,
	Consequence: Downtime,
	Gap:         Visibility,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("GOV-07"),
	Closes:      "an owner whom the people export lists with the status current",
	Subjects:    whatIsOwned,
	Judge:       judgeOwnerPresent,
}

// A register is who works here and who has left, by every name they go by.
type register struct {
	people  map[string][]*evidence.Person
	gone    map[string]*evidence.Leaver
	unnamed []diag.Pos // leavers of whom only a login is known, which no person has
}

func newRegister(in *Input) *register {
	r := &register{people: map[string][]*evidence.Person{}, gone: map[string]*evidence.Leaver{}}
	for i := range in.People {
		p := &in.People[i]
		for _, key := range []string{nameKey(p.Name), nameKey(p.Login)} {
			if key != "" && !slices.Contains(r.people[key], p) {
				r.people[key] = append(r.people[key], p)
			}
		}
	}
	for i := range in.Leavers {
		v := &in.Leavers[i]
		for _, key := range []string{nameKey(v.Name), nameKey(v.Login)} {
			if key != "" {
				r.gone[key] = v
			}
		}
		if nameKey(v.Name) == "" && len(r.people[nameKey(v.Login)]) == 0 {
			r.unnamed = append(r.unnamed, v.Pos)
		}
	}
	return r
}

// nameKey is a name without what people write differently: capitals and spaces.
func nameKey(name string) string { return strings.Join(strings.Fields(strings.ToLower(name)), " ") }

// leftOn is the row that says that a person has left, by any of the person's
// names; nil when none does.
func (r *register) leftOn(name string) *evidence.Leaver {
	keys := []string{nameKey(name)}
	for _, p := range r.people[nameKey(name)] {
		keys = append(keys, nameKey(p.Name), nameKey(p.Login))
	}
	for _, key := range keys {
		if v := r.gone[key]; v != nil && key != "" {
			return v
		}
	}
	return nil
}

// whatIsOwned is everything that a person should own.
func whatIsOwned(in *Input) []Subject {
	out := servicesAndSystems(in)
	for i := range in.Tasks {
		t := &in.Tasks[i]
		out = append(out, Subject{Kind: "task", ID: taskKey(t), Name: taskName(t), System: t.System, Service: t.Service})
	}
	for i := range in.Credentials {
		c := &in.Credentials[i]
		out = append(out, Subject{Kind: "credential", ID: CredentialKey(c), Name: c.Name, System: c.System})
	}
	return slices.CompactFunc(out, func(a, b Subject) bool { return a.Kind == b.Kind && a.ID == b.ID })
}

// A holder is one name in one owner column.
type holder struct {
	Role, Name string
	Pos        diag.Pos
}

// holders are the names of a subject by owner column, each column a part.
func (in *Input) holders(s Subject) [][]holder {
	switch s.Kind {
	case "service":
		v := in.index().services[s.ID]
		parts := [][]holder{{{"owner", v.Owner, v.Pos}}, {{"deputy", v.Deputy, v.Pos}}, {{"escalation owner", v.EscalationOwner, v.Pos}}}
		var steps []holder
		for _, p := range in.index().plan[s.ID] {
			steps = append(steps, holder{"owner of a step of the recovery plan", p.Owner, p.Pos})
		}
		if len(steps) > 0 {
			parts = append(parts, steps)
		}
		return parts
	case "system":
		v := in.index().systems[s.ID]
		return [][]holder{{{"owner", v.Owner, v.Pos}}}
	}
	var all []holder
	for i := range in.Tasks {
		if t := &in.Tasks[i]; s.Kind == "task" && taskKey(t) == s.ID {
			all = append(all, holder{"owner", t.Owner, t.Pos})
		}
	}
	for i := range in.Credentials {
		if c := &in.Credentials[i]; s.Kind == "credential" && CredentialKey(c) == s.ID {
			all = append(all, holder{"owner", c.Owner, c.Pos})
		}
	}
	return [][]holder{all}
}

func judgeOwnerPresent(in *Input, s Subject) Answer {
	return answers(in.holders(s), func(part []holder) Answer {
		var out Answer
		for _, h := range part {
			if a := in.judgeHolder(s, h); out.Says.Empty() || Worse(a.State, out.State) {
				out = a
			}
		}
		if s.Kind == "service" {
			out.Part = part[0].Role
		}
		return out
	})
}

func (in *Input) judgeHolder(s Subject, h holder) Answer {
	r := in.index().register
	rows, of := at(h.Pos), s.Name
	if s.Kind == "credential" {
		of = "the credential " + s.Name
	}
	if s.Kind == "system" && len(in.rowOf(s.ID)) == 0 {
		rows = nil // the row is another export's, which names no owner
	}
	key := nameKey(h.Name)
	listed := r.people[key]
	for _, p := range listed {
		rows = append(rows, p.Pos)
	}
	vendors := in.index().access.vendors[folded(h.Name)]
	left := r.leftOn(h.Name)
	switch {
	case key == "":
		return Answer{Says: say("{} names no {}.", upper(of), h.Role), Sources: rows}
	case len(listed) == 0 && len(vendors) > 0:
		return in.judgeVendorOwner(s, h, vendors[0])
	case !evidence.IsPerson(h.Name):
		return Answer{State: Failed, Says: say("The {} of {} is “{}”, which is a group or a mailbox.", h.Role, of, h.Name), Sources: rows, Drift: "owner is no person"}
	case left != nil && !left.LeftOn.IsZero():
		return Answer{State: Failed, Says: say("The {} of {}, {}, left on {}.", h.Role, of, h.Name, in.on(left.LeftOn, "left_on of "+h.Name, left.Pos)), Sources: append(rows, left.Pos), Drift: "owner has left"}
	case slices.ContainsFunc(listed, func(p *evidence.Person) bool { return p.Current == evidence.No }):
		return Answer{State: Failed, Says: say("The {} of {}, {}, has left, as the people export says.", h.Role, of, h.Name), Sources: rows, Drift: "owner has left"}
	case len(listed) == 0:
		return Answer{Says: say("The {} of {}, {}, is on no list of people.", h.Role, of, h.Name), Sources: rows}
	case slices.ContainsFunc(listed, func(p *evidence.Person) bool { return p.Current != evidence.Yes }):
		return Answer{Says: say("Whether the {} of {}, {}, still works here is not on record.", h.Role, of, h.Name), Sources: rows}
	case len(r.unnamed) > 0:
		return Answer{
			Says: say("Not proven that the {} of {}, {}, still works here: {} on record by a login alone.", h.Role, of, h.Name,
				evidence.Counted(len(r.unnamed), "leaver is", "leavers are", "count(leavers without a name whose login no person has)", r.unnamed...)),
			Sources: rows,
		}
	}
	return Answer{State: Proven, Says: say("The {} of {}, {}, works here.", h.Role, of, h.Name), Sources: rows}
}

// judgeVendorOwner judges an owner that is a supplier: it is there while its
// contract runs.
func (in *Input) judgeVendorOwner(s Subject, h holder, v *evidence.Vendor) Answer {
	rows := at(h.Pos, v.Pos)
	ends := in.on(v.ContractEnds, "contract_ends of "+v.Name, v.Pos)
	switch {
	case v.ContractEnds.IsZero():
		return Answer{Says: say("The {} of {} is the vendor {}, and when its contract ends is not on record.", h.Role, s.Name, v.Name), Sources: rows}
	case v.ContractEnds.Before(in.AsOf):
		return Answer{State: Failed, Says: say("The {} of {} is the vendor {}, whose contract ended on {}.", h.Role, s.Name, v.Name, ends), Sources: rows, Drift: "owner has left"}
	}
	return Answer{State: Proven, Says: say("The {} of {} is the vendor {}, whose contract runs until {}.", h.Role, s.Name, cmp.Or(v.Name, h.Name), ends), Sources: rows}
}
