#!/bin/sh
# Learns the shipped textures from recordings with a free licence, and writes textures.inc.
#
# Usage: make-textures.sh TINGLE FOLDER
#
# TINGLE is the program. FOLDER holds the recordings, each under the number in textures.txt, with any
# extension: 117625.flac.
set -eu
tingle=$1
folder=$2
cd "$(dirname "$0")"
mkdir -p textures
list=
exec 3> textures.inc.new
echo '// Written by make-textures.sh.' >&3
while IFS='|' read -r name number title credit; do
  case $name in '' | '#'*) continue ;; esac
  echo "$name"
  "$tingle" learn "$folder/$number".* -o "textures/$name.texture" --short --force --quiet \
    --name "$title" --credit "$credit"
  id=$(echo "$name" | tr - _)
  printf 'static const unsigned char %s[] = {\n#embed "textures/%s.texture"\n};\n' "$id" "$name" >&3
  list="$list  {\"$name\", $id, sizeof $id},
"
done < textures.txt
printf 'static const struct tingle_texture textures[] = {\n%s};\n' "$list" >&3
exec 3>&-
mv textures.inc.new textures.inc
