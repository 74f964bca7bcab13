import Time from "time";
import type Request from "../request";
import type Response from "../response";

/** Upper bounds, in ms, of all classes but the last. */
export const latencyClasses: readonly number[] = Object.freeze([2, 5, 10, 20, 50, 100, 200, 500, 1000]);

/** How long responses took, from the request's last filter to the end of the response. */
export default class Latency {
	/** How many were in each class: an average would be that of one event stream that has ended. */
	readonly classes: number[] = [...latencyClasses.map(() => 0), 0];

	/** A filter that measures. Responses whose client has left do not count. */
	readonly filter = (_request: Request, response: Response): void => {
		const begun = Time.ticks;
		response.whenDone((_bytes, isComplete) => {
			if (isComplete) this.add((Time.ticks - begun) >>> 0);
		});
	};

	private add(ms: number): void {
		const at = latencyClasses.findIndex(bound => ms <= bound);
		const index = at < 0 ? latencyClasses.length : at;
		this.classes[index] = (this.classes[index] ?? 0) + 1;
	}
}
