int NoRun;
