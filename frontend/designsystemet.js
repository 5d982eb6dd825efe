import "@digdir/designsystemet-web";
