// What each page has in it, rather than beside it: a device with few places for connections sends a page at once. In parts, of which each is
// sent in one piece. The policy names both by their SHA-256, which host-tests/unit/provisioning/page.test.ts computes.

export const style: readonly string[] = Object.freeze([
	":root{color-scheme:light dark}body{font:1.0625em/1.5 system-ui,sans-serif;max-width:32em;margin:0 auto;padding:1em;color:#111;background:#fff;overflow-wrap:anywhere}h1{font-size:1.4em}",
	"fieldset{border:1px solid #767676;border-radius:.4em;margin:1em 0;padding:.5em 1em}label{display:block;padding:.6em 0}label[hidden]{display:none}input[type=text],input[type=password]{display:block;",
	"box-sizing:border-box;width:100%}input,button{font:inherit;padding:.5em}button{min-height:2.75em;border-radius:.4em;border:1px solid #767676}button.main{color:#fff;background:#06448c;border-color:#06448c;",
	"width:100%}.problem{border-left:.3em solid #b00020;padding-left:.7em}progress{width:100%}a{color:#06448c}:focus-visible{outline:3px solid #1a73e8;outline-offset:2px}",
	"@media(prefers-color-scheme:dark){body{color:#eee;background:#121212}button.main{color:#111;background:#8ab4f8;border-color:#8ab4f8}a{color:#8ab4f8}.problem{border-color:#ff8a80}}"
]);

/**
 * Looks whether something has changed, where scripts run, but not under the fingers of who types; where they do not, the page asks anew by
 * itself. The password can be shown.
 */
export const script: readonly string[] = Object.freeze([
	'const by=id=>document.getElementById(id),at=document.body.dataset.at,said=by("said"),show=by("show");if(show){by("shown").hidden=false;show.onchange=()=>{by("password").type=show.checked?"text":"password"}}',
	'setInterval(async()=>{if(document.activeElement.matches("input"))return;try{if(await(await fetch("/state",{cache:"no-store"})).text()!==at)location.replace("/");said.textContent=""}',
	'catch{said.textContent="Looking for the device. If this phone has left its network, join it again."}},1500)'
]);

/** In the page itself, where it lies in flash: of a head, a device makes one anew each time. */
export const policy: string =
	"default-src 'none'; style-src 'sha256-FEAe+mVFxa2fRWoyTP9+6vy4M+hIQ+spZIdGQgsc8fw='; script-src 'sha256-pdiCcvflJD0IdS9twl7uUSGDA8HqCZnbvA+fFlokwNo='; connect-src 'self'; form-action 'self'; base-uri 'none'";
