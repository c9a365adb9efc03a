package browser

import (
	"net/http"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/chromium"
	"github.com/learning-cities/guildhall/infra/serving"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/survey"
)

// currentTerm is the one in which the play's network is at work.
const currentTerm = "2025-2027"

// aNetwork are options of a product in which three cities take part in the cluster of health, answered the survey, offer to host and stand for
// coordinator.
func aNetwork(t *testing.T) serving.Options {
	t.Helper()
	var o serving.Options
	o.App.Clock = func() time.Time { return time.Date(2025, time.November, 20, 10, 0, 0, 0, time.UTC) }
	o.App.Table.Clock = o.App.Clock
	began, answered := civil.Date{Year: 2025, Month: 10, Day: 1}, civil.Date{Year: 2025, Month: 10, Day: 10}
	o.Furnish = func(a *app.App, _ *people.Service) {
		keep := func(typ, partition, id string, body any) {
			encoded, err := records.Encode(body)
			if err != nil {
				t.Fatal(err)
			}
			put := records.Put{Record: records.Record{
				Ref: records.Ref{Type: typ, Partition: partition, ID: id}, Body: encoded,
				Provenance: records.Provenance{Import: "import", File: "Red.xlsx", Sheet: "Ciudades", Row: 2, Person: "officer", At: o.App.Clock()},
			}}
			for _, err := range a.Records.PutEach(t.Context(), "import", []records.Put{put}) {
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		for i, c := range []struct{ id, name string }{{"FR#brest", "Brest"}, {"SN#dakar", "Dakar"}, {"MX#queretaro", "Querétaro"}} {
			country := c.id[:2]
			keep(member.RecordType, "", c.id, member.Member{
				City: c.name, Country: country, JoinedOn: civil.Date{Year: 2016, Month: 2, Day: 15},
				Participations: []member.Participation{member.Participate(began, 2, []string{"health"})},
			})
			keep(questionnaire.RecordType, currentTerm, c.id, questionnaire.Offer{
				Member: c.id, City: c.name, Country: country, Items: [6]string{"Una reunión de expertos."}, AnsweredOn: answered,
			})
			stands := coordinator.Candidacy{
				Member: c.id, City: c.name, Country: country, Cluster: "health", AnsweredOn: answered,
				Answers: []coordinator.Answer{{Item: "experience", Text: "Salud en los barrios.", Rating: 5 - i}},
			}
			keep(coordinator.RecordType, currentTerm, stands.ID(), stands)
			said := survey.Answer{
				Member: c.id, City: c.name, Country: country, Topics: []string{"health"}, AnsweredOn: civil.Date{Year: 2019, Month: 3, Day: 1},
			}
			keep(survey.RecordType, "2019", said.ID(), said)
		}
	}
	return o
}

func TestTheSecretariatLooksAfterTheNetwork(t *testing.T) {
	browser := chromium.Start(t)
	served := serveWith(t, stage, aNetwork(t))
	window := signedIn(t, browser, served, "secretariat", "es", "members")
	reads(t, window, "Miembros", "3 ciudades", "Senegal")
	window.Fill(`input[name="q"]`, "queretaro")
	window.Click(".filter button")
	reads(t, window, "1 ciudad", "Querétaro", "México")
	follow(t, window, `th a[href*="members/MX/queretaro"]`)
	reads(t, window, "La historia de la ciudad", "Lo que la ciudad ofrece en este periodo")
	follow(t, window, `a[href$="/events"]`)
	follow(t, window, `a[href*="kind=renamed"]`)
	window.Fill(`input[name="name"]`, "Santiago de Querétaro")
	reads(t, window, "su identificador sigue siendo MX#queretaro")
	follow(t, window, "main form button")
	reads(t, window, "El acontecimiento está registrado", "Santiago de Querétaro")

	window.Go(served.address + "clusters")
	reads(t, window, "Grupos", "Salud y bienestar")
	follow(t, window, `a[href$="clusters/health"]`)
	reads(t, window, "Plan de trabajo "+currentTerm, "Ofertas y carencias", "carencia", "borrador")
	follow(t, window, `a[href$="/objectives"]`)
	window.Fill(`textarea[name="objectives"]`, "La salud se aprende en los barrios.")
	follow(t, window, "main form button")
	reads(t, window, "Los objetivos están guardados.", "La salud se aprende en los barrios.")

	window.Go(served.address + "coordinators/" + currentTerm)
	reads(t, window, "Selección de ciudades coordinadoras", "propuesta", "Puestos por región si se elige")
	follow(t, window, `a[href$="/health/FR/brest"]`)
	reads(t, window, "Brest coordina el grupo Salud y bienestar del 20 de noviembre de 2025 al 30 de septiembre de 2027")
	follow(t, window, `form[action$="/appointment"] button`)
	reads(t, window, "La ciudad está designada.")
	follow(t, window, `form[action$="/announcement"] button`)
	reads(t, window, "El anuncio está anotado.", "no podrá volver a coordinar este grupo")

	window.Go(served.address + "surveys/2019")
	reads(t, window, "Encuesta 2019", "Votos por tema", "Participación por país")
}

func TestACityOffersToHostWhatItsClusterPlans(t *testing.T) {
	browser := chromium.Start(t)
	served := serveWith(t, "/Prod/", aNetwork(t))
	window := signedIn(t, browser, served, "city", "es", "clusters/health")
	reads(t, window, "Plan de trabajo "+currentTerm, "aún sin anfitriona")
	follow(t, window, `a[href*="/host?activity="]`)
	reads(t, window, "La ciudad pasa a ser la anfitriona", "Brest (Francia)")
	follow(t, window, "main form button")
	reads(t, window, "La anfitriona está anotada.")
	for _, width := range []int{1280, 360} {
		window.Width(width)
		for _, line := range window.Beyond() {
			t.Error(line)
		}
	}
}

// follow clicks on what leads on, to a page that is there.
func follow(t *testing.T, window *chromium.Page, selector string) {
	t.Helper()
	if status := window.Click(selector); status != http.StatusOK {
		t.Fatalf("%s leads to %s, %d: %s", selector, window.Address(), status, window.Text())
	}
}
