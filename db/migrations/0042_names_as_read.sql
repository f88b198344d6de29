-- Names in the order in which people look for them: 2 before 10, Chinese by its sound.
create collation as_read (provider = icu, locale = 'zh-u-kn-true');
