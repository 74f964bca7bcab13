native("xs_no_such_function");
