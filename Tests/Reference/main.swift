import TinglePresets

// Prints the preset reference; `make reference` writes it to the documentation.
print(PresetReference.markdown(), terminator: "")
