package coordinator

import (
	"fmt"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
)

// Explanation says in the three languages why a seat is proposed as it is: rank and score, who ranks before and why it is passed
// over, who would come next, and what that would do to the regional balance. region gives a region's name.
func (p Proposal) Explanation(seat Chosen, names func(cluster string) locale.Text, region func(id string) locale.Text) locale.Text {
	var parts [3][]string
	say := func(part locale.Text) {
		for i, lang := range locale.Langs {
			parts[i] = append(parts[i], part.In(lang))
		}
	}
	c := seat.Candidate
	score := c.Score.Text()
	say(locale.Text{
		EN: fmt.Sprintf("%s ranks %d of %d with a score of %s.", c.City, c.Rank, seat.Of, score.EN),
		FR: fmt.Sprintf("%s est %d sur %d avec une note de %s.", c.City, c.Rank, seat.Of, score.FR),
		ES: fmt.Sprintf("%s es %d de %d con una puntuación de %s.", c.City, c.Rank, seat.Of, score.ES),
	})
	if !c.Lapses.IsZero() {
		last := c.Lapses.Text()
		say(locale.Text{
			EN: fmt.Sprintf("Its participation lapses on %s and has to be renewed.", last.EN),
			FR: fmt.Sprintf("Sa participation expire le %s et devra être renouvelée.", last.FR),
			ES: fmt.Sprintf("Su participación caduca el %s y deberá renovarse.", last.ES),
		})
	}
	for _, passed := range seat.Passed {
		say(p.passedOver(passed, names, region))
	}
	if seat.Next == nil {
		say(locale.Text{
			EN: "Nobody else could take the seat.",
			FR: "Aucune autre ville ne pourrait occuper ce siège.",
			ES: "Ninguna otra ciudad podría ocupar el puesto.",
		})
	} else {
		say(p.next(*seat.Next, region))
	}
	return locale.Text{EN: strings.Join(parts[0], " "), FR: strings.Join(parts[1], " "), ES: strings.Join(parts[2], " ")}
}

// passedOver is why a candidate of a better rank has no seat in the cluster.
func (p Proposal) passedOver(c Passed, names, region func(id string) locale.Text) locale.Text {
	if c.Coordinates != "" {
		cluster := names(c.Coordinates)
		return locale.Text{
			EN: fmt.Sprintf("%s (%d) is proposed for %s.", c.Candidate.City, c.Candidate.Rank, cluster.EN),
			FR: fmt.Sprintf("%s (%d) est proposée pour le pôle %s.", c.Candidate.City, c.Candidate.Rank, cluster.FR),
			ES: fmt.Sprintf("%s (%d) se propone para el grupo %s.", c.Candidate.City, c.Candidate.Rank, cluster.ES),
		}
	}
	effect := p.effect(c, region)
	return locale.Text{
		EN: fmt.Sprintf("%s (%d) is passed over: %s.", c.Candidate.City, c.Candidate.Rank, effect.EN),
		FR: fmt.Sprintf("%s (%d) n’est pas retenue : %s.", c.Candidate.City, c.Candidate.Rank, effect.FR),
		ES: fmt.Sprintf("%s (%d) no se elige: %s.", c.Candidate.City, c.Candidate.Rank, effect.ES),
	}
}

func (p Proposal) next(c Passed, region func(id string) locale.Text) locale.Text {
	effect, score := p.effect(c, region), c.Candidate.Score.Text()
	return locale.Text{
		EN: fmt.Sprintf("Next would come %s (%d, %s): %s.", c.Candidate.City, c.Candidate.Rank, score.EN, effect.EN),
		FR: fmt.Sprintf("La suivante serait %s (%d, %s) : %s.", c.Candidate.City, c.Candidate.Rank, score.FR, effect.FR),
		ES: fmt.Sprintf("La siguiente sería %s (%d, %s): %s.", c.Candidate.City, c.Candidate.Rank, score.ES, effect.ES),
	}
}

// effect is what the regional balance would be with a candidate in the seat, compared with what is proposed.
func (p Proposal) effect(c Passed, region func(id string) locale.Text) locale.Text {
	name := region(c.Candidate.Region)
	effect := locale.Text{
		EN: fmt.Sprintf("seats of %s would be %d", name.EN, c.RegionSeats),
		FR: fmt.Sprintf("les sièges de la région %s seraient %d", name.FR, c.RegionSeats),
		ES: fmt.Sprintf("los puestos de la región %s serían %d", name.ES, c.RegionSeats),
	}
	add := func(more locale.Text) {
		effect = locale.Text{EN: effect.EN + ", " + more.EN, FR: effect.FR + ", " + more.FR, ES: effect.ES + ", " + more.ES}
	}
	switch before, then := p.Merit.Beyond, c.Instead.Beyond; {
	case then > before:
		add(locale.Text{
			EN: "which makes regions more over-represented",
			FR: "ce qui accroît la surreprésentation des régions",
			ES: "lo que aumenta la sobrerrepresentación de las regiones",
		})
	case then < before:
		add(locale.Text{
			EN: "which makes regions less over-represented",
			FR: "ce qui réduit la surreprésentation des régions",
			ES: "lo que reduce la sobrerrepresentación de las regiones",
		})
	}
	switch before, then := p.Merit.SameRegion, c.Instead.SameRegion; {
	case then > before:
		add(locale.Text{
			EN: "and the cluster's coordinators would be of one region",
			FR: "et les villes coordinatrices du pôle seraient d’une même région",
			ES: "y las ciudades coordinadoras del grupo serían de una misma región",
		})
	case then < before:
		add(locale.Text{
			EN: "and the cluster's coordinators would be of different regions",
			FR: "et les villes coordinatrices du pôle seraient de régions différentes",
			ES: "y las ciudades coordinadoras del grupo serían de regiones distintas",
		})
	}
	return effect
}
