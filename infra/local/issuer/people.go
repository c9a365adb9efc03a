package issuer

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/learning-cities/guildhall/shared/locale"
)

// Person is somebody who can sign in.
type Person struct {
	Email string
	Name  string
	Title locale.Text // what the person is, for the page on which one is chosen
	// Role and Scope are what whoever keeps the people on record gives this one: a role, and the country, city or donor that it is for. The
	// issuer tells them nobody.
	Role, Scope string
}

// subject is the person's identifier in tokens.
func (p Person) subject() string {
	sum := sha256.Sum256([]byte("guildhall sample " + p.Email))
	return hex.EncodeToString(sum[:8])
}

// Samples are invented people, one of each role. Their addresses end in a name that never leads anywhere.
func Samples() []Person {
	return []Person{
		{"amina.diallo@secretariat.example", "Amina Diallo",
			locale.Text{EN: "Secretariat of the network", FR: "Secrétariat du réseau", ES: "Secretaría de la red"}, "secretariat", ""},
		{"jonas.weber@secretariat.example", "Jonas Weber",
			locale.Text{EN: "Treasurer of the fund", FR: "Trésorier du fonds", ES: "Tesorero del fondo"}, "treasurer", ""},
		{"claire.morel@commission.example", "Claire Morel",
			locale.Text{EN: "National Commission of France", FR: "Commission nationale de la France", ES: "Comisión Nacional de Francia"},
			"commission", "FR"},
		{"yann.legall@brest.example", "Yann Le Gall",
			locale.Text{EN: "City of Brest", FR: "Ville de Brest", ES: "Ciudad de Brest"}, "city", "FR#brest"},
		{"seo-yeon.kim@donor.example", "Kim Seo-yeon",
			locale.Text{EN: "Donor: Republic of Korea", FR: "Donateur : République de Corée", ES: "Donante: República de Corea"},
			"donor", "donor_country#KR"},
		{"lucia.romero@auditor.example", "Lucía Romero",
			locale.Text{EN: "Auditor", FR: "Auditrice", ES: "Auditora"}, "auditor", ""},
	}
}
