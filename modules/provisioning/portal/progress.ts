import type { CredentialsProblem } from "../credentials";
import type { JoinProblem } from "../radio/station";

/** Why the page asks again: what is wrong with what was typed, why a network was not joined, or who else is in the way. */
export type Problem = CredentialsProblem | JoinProblem | "missing" | "store" | "busy" | "often";

/** What the portal is about. `done`: the person has seen what has come of it. */
export type Phase = "form" | "joining" | "joined" | "done";

/** How far it is, for pages. A password is never here. */
export interface Progress {
	phase: Phase;
	/** The network that was chosen last; empty before. */
	ssid: string;
	/** Why that was not joined. */
	problem: Problem | undefined;
}
