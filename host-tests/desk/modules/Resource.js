export default class Resource extends Native("xs_desk_resource_destructor") {
	constructor(path) {
		super();
		native("xs_desk_resource").call(this, path);
	}
	static exists(path) {
		return native("xs_desk_resource_exists").call(Resource, path);
	}
	get byteLength() {
		return native("xs_desk_resource_get_byteLength").call(this);
	}
	slice(begin, end, copy) {
		return native("xs_desk_resource_slice").call(this, begin, end, copy);
	}
}
