// Newer than ES2022, so the engine does not know it.
import names from "./names.json" with { type: "json" };

export { names };
