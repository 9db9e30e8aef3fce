<?php
// Reads each configuration of the PHP library as the library does and prints one JSON object per file, with keys such as
// "OAUTH2.clientId".
foreach (array_slice($argv, 1) as $path) {
    $sections = @parse_ini_file($path, true, INI_SCANNER_TYPED);
    $values = $sections === false ? ['error' => 'syntax'] : [];
    foreach ($sections ?: [] as $section => $entries) {
        foreach (is_array($entries) ? $entries : ['' => $entries] as $key => $value) {
            $values["$section.$key"] = $value;
        }
    }
    echo json_encode((object) $values, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE), "\n";
}
