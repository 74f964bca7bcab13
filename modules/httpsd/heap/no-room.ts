import HttpError from "../http-error";

/** There has been no room in time. */
export const noRoomNow = (): HttpError => {
	return new HttpError(503, "MEMORY", "Server has no memory for the request now");
};
