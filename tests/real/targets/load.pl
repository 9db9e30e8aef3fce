# Reads each configuration of the Perl library by the library's rule (comments begin at the first column, everything else is
# split at its first "=", nothing is trimmed) and prints one JSON object per file.
use strict;
use warnings;
use JSON::PP;

for my $path (@ARGV) {
  my %properties;
  open(my $file, '<:raw', $path) or die "$path: $!\n";
  while (my $line = <$file>) {
    chomp $line;
    next if $line =~ /^#/ || $line =~ /^\s*$/;
    my ($key, $value) = split /=/, $line, 2;
    utf8::decode($_) for grep { defined } $key, $value;
    $properties{$key} = $value;
  }
  close $file;
  print JSON::PP->new->utf8->canonical->encode(\%properties), "\n";
}
