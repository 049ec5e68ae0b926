"""What is true of the Vietnamese language: letters, tones, syllables, abbreviations."""
