package browser

import (
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/infra/chromium"
)

func TestSomebodyFetchesAFileInvitesAPersonAndSignsOutEverywhere(t *testing.T) {
	browser := chromium.Start(t)
	served := serve(t, stage)
	window := signedIn(t, browser, served, "secretariat", "fr", "exports")
	reads(t, window, "Demander un fichier", "Rien n'a encore été demandé.")
	window.Click(`a[href*="kind=budget"]`)
	reads(t, window, "Langue du fichier", "Situation à la fin du")
	window.Click("main form button")
	const file = `a.act[href$="/file"]`
	window.Await(file) // the page shows by itself that it is there
	reads(t, window, "Télécharger – budget.fr.xlsx", "prêt")
	if got := window.Fetch(strings.TrimSuffix(strings.Split(window.Address(), "?")[0], "/") + "/file"); got < 5000 {
		t.Errorf("the file has %d bytes", got)
	}
	window.Go(served.address + "templates")
	reads(t, window, "Promesses de contribution au fonds")

	window.Go(served.address + "people/new")
	window.Fill(`[name="email"]`, "maire@evry.example")
	window.Fill(`[name="scope"]`, "FR#evry")
	reads(t, window, "Aucun message n'est envoyé")
	window.Click("main form button")
	reads(t, window, "La personne est enregistrée et peut se connecter dès maintenant.", "ne s'est pas encore connectée")
	window.Click(`a[href$="/remove"]`)
	reads(t, window, "Retirer cette personne ?", "Son adresse est oubliée")
	window.Click("main form button")
	reads(t, window, "La personne a été retirée.")
	if strings.Contains(window.Text(), "maire@evry.example") {
		t.Error("the person who was removed is still listed")
	}

	window.Go(served.address + "account")
	reads(t, window, "Mon compte", "celle-ci", "Mettre fin à toutes les sessions")
	window.Click("main section > form button")
	if at := window.Address(); !strings.HasPrefix(at, served.issuer+"/authorize?") {
		t.Errorf("after the end of all sessions one is at %s", at)
	}

	window.Go(served.address + "codes/NATCOM_QUOTA_EXCEEDED")
	reads(t, window, "Sur quoi il repose", "R-APP-3")
	window.Click(`a[href$="rules/R-APP-3"]`)
	reads(t, window, "D'où viennent ses chiffres", "Call for membership applications 2025")
}
