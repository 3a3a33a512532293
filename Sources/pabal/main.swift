import PabalCommands

runPabal()
