export default Object.freeze(native("xs_desk_config").call(undefined));
