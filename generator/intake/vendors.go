package intake

import "proofpack/generator/evidence"

// readVendor reads one supplier.
func readVendor(r *row, set *evidence.Set) {
	v := evidence.Vendor{
		Pos: r.pos(), Name: r.key("vendor"), Systems: r.list("systems"), ContractEnds: r.day("contract_ends"),
		Contact: r.person("contact"), OpenCases: r.text("open_cases"),
		Case: r.text("case"), CaseOpened: r.day("case_opened"), CaseAnswered: r.day("case_answered"),
	}
	r.identify(v.Name, v.Case)
	if r.ok() {
		set.Vendors = append(set.Vendors, v)
	}
}

func vendorNames(set *evidence.Set, visit visitor) {
	for i := range set.Vendors {
		v := &set.Vendors[i]
		for k := range v.Systems {
			visit(mention{pos: v.Pos, name: &v.Systems[k]})
		}
	}
}
