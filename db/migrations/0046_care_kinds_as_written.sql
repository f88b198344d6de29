-- A kind of care is a word of the place: what may be its code there may be its code here.
alter table care_circumstances drop constraint care_circumstances_kind_check;
alter table care_circumstances add constraint care_circumstances_kind_check check (kind ~ '^[a-z0-9_]{1,60}$');
