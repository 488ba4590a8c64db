package gazetteer

// Below returns the living divisions directly below the one with a code, in
// the order of their codes: provinces below CountryCode, counties below a
// municipality, towns below a city without counties. It is nil for what has
// none, and for what is no division.
func Below(code string) []Division {
	t := load()
	above, ok := t.byCode[fullCode(code)]
	if !ok {
		return nil
	}
	var found []Division
	for i, p := range t.places {
		direct := p.parent == above || t.places[above].rung == country && p.rung == province
		if direct && p.ended == 0 && t.byCode[p.code] == int32(i) {
			found = append(found, t.division(int32(i)))
		}
	}
	return found
}
