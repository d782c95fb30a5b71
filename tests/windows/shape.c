/* Loads the six libraries under the names that WeasyPrint tries first and shapes a line in our font, as Windows would.
   Arguments: the folder of the DLLs, the font, the file of Fontconfig. Ends with 0 if every glyph was found in the font. */
#include <stdio.h>
#include <windows.h>

static const char *NAMES[] = {"gobject-2.0-0.dll", "pango-1.0-0.dll", "harfbuzz.dll",
                              "harfbuzz-subset.dll", "fontconfig-1.dll", "pangoft2-1.0-0.dll"};
static HMODULE loaded[6];

static void *function(int library, const char *name) {
    void *found = (void *)GetProcAddress(loaded[library], name);
    if (!found) { printf("%s has no %s\n", NAMES[library], name); exit(1); }
    return found;
}

int main(int count, char **given) {
    wchar_t folder[MAX_PATH];
    if (count < 4 || !MultiByteToWideChar(CP_UTF8, 0, given[1], -1, folder, MAX_PATH)) return 2;
    SetEnvironmentVariableA("FONTCONFIG_FILE", given[3]); /* before the C library of the DLLs reads it */
    if (!AddDllDirectory(folder)) { printf("not a folder: %s\n", given[1]); return 1; }
    for (int at = 0; at < 6; at++) {
        loaded[at] = LoadLibraryExA(NAMES[at], NULL, LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
        if (!loaded[at]) { printf("%s: error %lu\n", NAMES[at], GetLastError()); return 1; }
    }
    const char *(*pango_version)(void) = function(1, "pango_version_string");
    const char *(*harfbuzz_version)(void) = function(2, "hb_version_string");
    int (*add_font)(void *, const char *) = function(4, "FcConfigAppFontAddFile");
    void *(*font_map_new)(void) = function(5, "pango_ft2_font_map_new");
    void *(*create_context)(void *) = function(1, "pango_font_map_create_context");
    void *(*layout_new)(void *) = function(1, "pango_layout_new");
    void (*set_text)(void *, const char *, int) = function(1, "pango_layout_set_text");
    void (*set_font)(void *, void *) = function(1, "pango_layout_set_font_description");
    void *(*describe)(const char *) = function(1, "pango_font_description_from_string");
    int (*unknown_glyphs)(void *) = function(1, "pango_layout_get_unknown_glyphs_count");
    void (*pixel_size)(void *, int *, int *) = function(1, "pango_layout_get_pixel_size");
    printf("Pango %s, HarfBuzz %s\n", pango_version(), harfbuzz_version());
    if (!add_font(NULL, given[2])) { printf("the font was not taken: %s\n", given[2]); return 1; }
    void *layout = layout_new(create_context(font_map_new()));
    int width = 0, height = 0;
    set_font(layout, describe("Letters Sans 12"));
    set_text(layout, "Annwyl Brif Gwnstabl \xe2\x80\x93 Dear Chief Constable: \xc5\xb5 \xc5\xb7 \xc3\xa9 \xc2\xa3", -1);
    pixel_size(layout, &width, &height);
    printf("unknown glyphs: %d; %d x %d pixels\n", unknown_glyphs(layout), width, height);
    return unknown_glyphs(layout) || width < 100;
}
