# Prepares a fresh Request Tracker database: an empty queue, the bot's user, an agent, and a token for each.
# Prints the tokens as JSON. The settings come by RT_SITE_CONFIG and RT_SITE_CONFIG_DIR.
use strict;
use warnings;
use lib '/usr/share/request-tracker5/lib';
use RT -init;
use RT::AuthToken;
use JSON;

sub must { my ($ok, @rest) = @_; die $rest[0] unless $ok; return @rest }

my $system = RT->SystemUser;
my $queue  = RT::Queue->new($system);
must($queue->Create(Name => 'IT Support'));

# The rights that docs/helpdesk.md asks for, and those that an agent has beside them.
my @bot   = qw(SeeQueue CreateTicket ShowTicket ShowTicketComments ReplyToTicket CommentOnTicket ModifyTicket);
my @agent = (@bot, qw(OwnTicket TakeTicket));

my %tokens;
for (['handshake', 'Handshake', \@bot], ['grace', 'Grace Example', \@agent]) {
    my ($name, $real, $rights) = @$_;
    my $user = RT::User->new($system);
    must($user->Create(Name => $name, RealName => $real, Privileged => 1));
    must($user->PrincipalObj->GrantRight(Right => $_, Object => $queue)) for @$rights;
    my ($message, $token) = must(RT::AuthToken->new($system)->Create(Owner => $user->Id, Description => 'test'));
    $tokens{$name} = $token;
}
print encode_json(\%tokens);
