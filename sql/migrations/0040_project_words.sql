-- Projects are said in words.

-- a project by its code, in words: Dự án 3 - Tiểu dự án 1; null for a code of another kind
create function ref.project_words(project_code text) returns text
immutable parallel safe language sql
return case
    when project_code ~ '^DA[0-9]+(-TDA[0-9]+)?$'
        then replace(replace(project_code, '-TDA', ' - Tiểu dự án '), 'DA', 'Dự án ')
end;
