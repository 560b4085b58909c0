"""From clips to the tagged MP3: jingles, timeline, mix, master, measure."""
