// Buffers only, one file each, in the folder that --config preferences=DIR names.
import { File } from "file";
import config from "mc/config";

const pathOf = (domain, name) => `${config.preferences}/${domain}.${name}`;

const Preference = {
	set(domain, name, value) {
		const path = pathOf(domain, name);
		File.delete(path);
		const file = new File(path, true);
		file.write(value);
		file.close();
	},
	get(domain, name) {
		const path = pathOf(domain, name);
		if (!File.exists(path)) return undefined;
		const file = new File(path);
		const value = file.read(ArrayBuffer);
		file.close();
		return value;
	},
	delete(domain, name) {
		File.delete(pathOf(domain, name));
	}
};

export default Preference;
