package intake

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

// A resolver finds the system of the inventory that a name means. Keys are
// folded; a key that more than one system has decides nothing.
type resolver struct {
	systems  []evidence.System
	ids      map[string][]int
	serials  map[string][]int
	macs     map[string][]int
	fqdns    map[string][]int
	labels   map[string][]int // first label of any of its names
	names    map[string][]int
	ips      map[string][]int
	aliases  map[string]string // folded name -> system as the configuration names it
	services map[string]string // folded id or name -> service id; "" when it means several
	cache    map[string]sense
}

// A sense is what a name was found to mean.
type sense struct {
	system int    // index; -1 when no system answers to it
	by     string // "" for the exact id
	among  []int  // the systems it could be, when it is ambiguous
	beside bool   // by another name in the same row
	alias  string // the name that an alias gives it, when no system answers to that either
}

// newResolver indexes the systems of the inventory.
func newResolver(systems []evidence.System, services []evidence.Service, aliases []config.Alias) *resolver {
	r := &resolver{
		systems: systems, ids: map[string][]int{}, serials: map[string][]int{}, macs: map[string][]int{}, fqdns: map[string][]int{},
		labels: map[string][]int{}, names: map[string][]int{}, ips: map[string][]int{},
		aliases: map[string]string{}, services: map[string]string{}, cache: map[string]sense{},
	}
	for i := range systems {
		r.index(i)
	}
	for _, a := range aliases {
		for _, n := range a.Names {
			r.aliases[fold(strings.TrimSpace(n))] = a.System
		}
	}
	for i := range services {
		r.addService(services[i].ID, services[i].ID)
	}
	for i := range services {
		if _, taken := r.services[fold(services[i].Name)]; !taken {
			r.addService(services[i].Name, services[i].ID)
		}
	}
	return r
}

func (r *resolver) addService(key, id string) {
	key = fold(strings.TrimSpace(key))
	if was, taken := r.services[key]; taken && was != id {
		id = ""
	}
	r.services[key] = id
}

// index adds the keys of one system.
func (r *resolver) index(i int) {
	s := &r.systems[i]
	add := func(m map[string][]int, key string) {
		if key != "" && !slices.Contains(m[key], i) {
			m[key] = append(m[key], i)
		}
	}
	add(r.ids, fold(strings.TrimSpace(s.InventoryID)))
	add(r.serials, serialKey(s.Serial))
	for _, mac := range splitList(s.MAC) {
		add(r.macs, hardware(mac))
	}
	for _, ip := range splitList(s.IP) {
		if a, is := isAddress(cutMask(ip)); is {
			add(r.ips, a)
		}
	}
	for _, n := range append([]string{s.InventoryID, s.Name, s.FQDN}, s.Names...) {
		key := bareName(n)
		if strings.Contains(key, ".") && isHost(key) {
			add(r.fqdns, key)
		}
		if !allDigits(key) {
			add(r.labels, hostLabel(key))
		}
		add(r.names, fold(strings.TrimSpace(n)))
	}
}

// cutMask drops the length of a network behind an address.
func cutMask(ip string) string {
	ip, _, _ = strings.Cut(ip, "/")
	return ip
}

// find says what a name means, by the strongest key that answers to it.
func (r *resolver) find(written string) sense {
	if s, known := r.cache[written]; known {
		return s
	}
	s := r.search(written)
	r.cache[written] = s
	return s
}

func (r *resolver) search(written string) sense {
	var doubt []int
	for _, step := range r.steps(written) {
		switch list := step.found; {
		case len(list) == 1:
			return sense{system: list[0], by: step.by}
		case len(list) > 1 && doubt == nil:
			doubt = list
		}
	}
	target, found := r.aliases[fold(strings.TrimSpace(written))]
	if !found {
		target, found = r.aliases[bareName(written)]
	}
	if found {
		for _, step := range r.steps(target) {
			if len(step.found) == 1 {
				return sense{system: step.found[0], by: "alias"}
			}
		}
		return sense{system: -1, by: "alias", alias: target}
	}
	return sense{system: -1, among: doubt}
}

// A step is one key of a name, with the systems that have it.
type step struct {
	by    string
	found []int
}

// steps are the keys of a name, the strongest first.
func (r *resolver) steps(written string) []step {
	exact, name := fold(strings.TrimSpace(strings.Map(dropInvisible, written))), bareName(written)
	steps := []step{{"id", r.ids[exact]}, {"id", r.ids[name]}}
	if list := steps[0].found; len(list) == 1 && r.systems[list[0]].InventoryID == written {
		steps[0].by = ""
	}
	steps = append(steps, step{"serial", r.serials[serialKey(exact)]}, step{"MAC", r.macs[hardware(name)]}, step{"MAC", r.macs[hardware(exact)]},
		step{"FQDN", r.fqdns[name]}, step{"host name", r.sameDomain(name)}, step{"name", r.names[exact]}, step{"name", r.names[name]})
	if a, is := isAddress(name); is {
		steps = append(steps, step{"IP", r.ips[a]})
	}
	return steps
}

// sameDomain are the systems with the name's first label whose domain is the
// same, or not known on one side.
func (r *resolver) sameDomain(name string) []int {
	label := hostLabel(name)
	if label == "" || allDigits(label) {
		return nil
	}
	domain := domainOf(name)
	var out []int
	for _, i := range r.labels[label] {
		if domain == "" || r.domainFits(i, domain) {
			out = append(out, i)
		}
	}
	return out
}

func (r *resolver) domainFits(i int, domain string) bool {
	s := &r.systems[i]
	known := false
	for _, n := range append([]string{s.InventoryID, s.Name, s.FQDN}, s.Names...) {
		if d := domainOf(bareName(n)); d != "" {
			known = true
			if d == domain {
				return true
			}
		}
	}
	return !known
}

// service is the id of a service by id or name; false when none or several
// answer to it.
func (r *resolver) service(written string) (string, bool) {
	id, found := r.services[fold(strings.TrimSpace(strings.Map(dropInvisible, written)))]
	return id, found && id != ""
}

// named lists systems by id, for messages.
func (r *resolver) named(list []int) []string {
	var names []string
	for _, i := range list {
		names = append(names, cmp.Or(r.systems[i].ID, r.systems[i].InventoryID))
	}
	slices.Sort(names)
	return names
}
