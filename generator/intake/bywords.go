package intake

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"proofpack/generator/diag"
)

// joinServices gives every record the ids of the services it names. A name
// that no service answers to stays as written and is said.
func (j *joiner) joinServices() {
	for i := range j.set.Systems {
		s := &j.set.Systems[i]
		for k := range s.Services {
			j.serviceOf(&s.Services[k], s.Pos)
		}
	}
	for i := range j.set.Restores {
		j.serviceOf(&j.set.Restores[i].Service, j.set.Restores[i].Pos)
	}
	for i := range j.set.Tasks {
		j.serviceOf(&j.set.Tasks[i].Service, j.set.Tasks[i].Pos)
	}
	for i := range j.set.Plan {
		j.serviceOf(&j.set.Plan[i].Service, j.set.Plan[i].Pos)
	}
	for i := range j.set.Sessions {
		for k := range j.set.Sessions[i].Services {
			j.serviceOf(&j.set.Sessions[i].Services[k], j.set.Sessions[i].Pos)
		}
	}
	for i := range j.set.Exceptions {
		j.serviceOf(&j.set.Exceptions[i].Service, j.set.Exceptions[i].Pos)
	}
	for i := range j.set.Incidents {
		j.serviceOf(&j.set.Incidents[i].Service, j.set.Incidents[i].Pos)
	}
}

func (j *joiner) serviceOf(name *string, at diag.Pos) {
	if *name == "" {
		return
	}
	if id, found := j.r.service(*name); found {
		*name = id
		return
	}
	*name = strings.TrimSpace(*name)
	if len(j.set.Services) > 0 {
		j.tell(at, "unknown-service", "no service is called "+quoted(*name)+".", "add it to the services export, or correct the name.")
	}
}

// byWords gives tasks and changes that name no system or service in a column
// the one that their own name holds as whole words: "Restore test of shipping
// systems" belongs to the service Shipping. Where a task names several, none is
// taken; a change is taken for every system it names, as it can only void
// proofs. Runs and restores are never joined this way: they can be good news.
func (j *joiner) byWords() {
	services, systems := map[string]string{}, map[string]string{}
	for i := range j.set.Services {
		s := &j.set.Services[i]
		services[wordsOf(s.ID)], services[wordsOf(s.Name)] = s.ID, s.ID
	}
	for i := range j.set.Systems {
		s := &j.set.Systems[i]
		for _, n := range []string{s.ID, s.InventoryID, s.Name, s.FQDN} {
			if key := wordsOf(n); len(key) > 2 && !allDigits(key) {
				systems[key] = s.ID
			}
		}
	}
	delete(services, "")
	for i := range j.set.Tasks {
		t := &j.set.Tasks[i]
		if t.System != "" || t.Service != "" {
			continue
		}
		if ids := named(t.Name, systems); len(ids) == 1 {
			t.System = ids[0]
		}
		if ids := named(t.Name, services); len(ids) == 1 {
			t.Service = ids[0]
		}
	}
	for i := range j.set.Changes {
		if c := &j.set.Changes[i]; len(c.Systems) == 0 {
			c.Systems = named(c.Title, systems)
			if len(c.Systems) == 0 {
				j.tell(c.Pos, "no-system", "a change names no system, so it is not known which proofs it voids.", "fill in the system in the tool.")
			}
		}
	}
}

// named lists the ids whose names a text holds as whole words, in order. A
// hyphen holds a word together: ERP-01 does not name ERP.
func named(text string, names map[string]string) []string {
	text = " " + wordsOf(text) + " "
	var ids []string
	for _, key := range sortedKeys(names) {
		if strings.Contains(text, " "+key+" ") && !slices.Contains(ids, names[key]) {
			ids = append(ids, names[key])
		}
	}
	slices.SortFunc(ids, cmp.Compare)
	return ids
}

// wordsOf is folded text as words of letters, digits, hyphens and inner dots,
// one space between.
func wordsOf(text string) string {
	words := strings.FieldsFunc(fold(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_' && r != '.'
	})
	out := words[:0]
	for _, w := range words {
		if w = strings.Trim(w, ".-_"); w != "" {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}
