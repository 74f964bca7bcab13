import type Deadlines from "../async/deadlines";
import type { Deadline } from "../async/deadlines";
import { whenReported } from "../async/next-turn";

/** A connection that may be idle. */
interface EndingConnection extends Deadline {
	readonly idle: boolean;
	readonly server: { readonly deadlines: Deadlines };
	destroy(): void;
}

/** Ends a connection; an idle one only if no request has come that was not yet reported, for that would be lost. */
export const endUnused = (connection: EndingConnection): void => {
	if (!connection.idle) {
		connection.destroy();
		return;
	}
	connection.server.deadlines.clear(connection);
	whenReported(() => {
		if (connection.idle && connection.deadline === undefined) connection.destroy();
	});
};
