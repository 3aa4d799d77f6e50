#!/bin/sh
# Fetches what the built-in theme carries that others made, by the lock file, and
# copies it with its licenses to plain/assets/, where the program embeds it.
# Needs Node.js and npm; runs no script of any package.
set -eu
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

out=plain/assets
rm -rf "$out"
mkdir -p "$out/fonts" "$out/js" "$out/licenses"

# Fonts of the site: variable, the latin part and the rest of it apart.
site() { cp "node_modules/$1/files/$2-latin-$3-normal.woff2" "$out/fonts/$4.woff2"
         cp "node_modules/$1/files/$2-latin-ext-$3-normal.woff2" "$out/fonts/$4-ext.woff2"; }
site @fontsource-variable/inter inter wght inter
site @fontsource-variable/source-serif-4 source-serif-4 wght source-serif-4
cp node_modules/@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2 "$out/fonts/plex-mono.woff2"

# Fonts of the packet: static.
paper() { cp "node_modules/@expo-google-fonts/$1/$2/$3_$2.ttf" "$out/fonts/$4.ttf"; }
paper inter 400Regular Inter inter-regular
paper inter 400Regular_Italic Inter inter-italic
paper inter 600SemiBold Inter inter-semibold
paper inter 700Bold Inter inter-bold
paper source-serif-4 600SemiBold SourceSerif4 source-serif-4-semibold
paper source-serif-4 700Bold SourceSerif4 source-serif-4-bold
paper ibm-plex-mono 400Regular IBMPlexMono plex-mono-regular

# The charting library of the explore pages: only the parts they use.
node_modules/.bin/esbuild echarts.js --bundle --minify --format=iife --global-name=echarts \
  --target=es2018 --legal-comments=none --log-level=error --outfile="$out/js/echarts.js"

cp node_modules/@expo-google-fonts/inter/LICENSE_FONT "$out/licenses/inter.txt"
cp node_modules/@expo-google-fonts/source-serif-4/LICENSE_FONT "$out/licenses/source-serif-4.txt"
cp node_modules/@expo-google-fonts/ibm-plex-mono/LICENSE_FONT "$out/licenses/ibm-plex-mono.txt"
cp node_modules/echarts/LICENSE "$out/licenses/echarts.txt"
cp node_modules/echarts/NOTICE "$out/licenses/echarts-notice.txt"
cp node_modules/echarts/licenses/LICENSE-d3 "$out/licenses/echarts-d3.txt"
cp node_modules/zrender/LICENSE "$out/licenses/zrender.txt"
cp node_modules/tslib/LICENSE.txt "$out/licenses/tslib.txt"
