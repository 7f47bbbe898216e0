"""The incidence in running text: taken apart into pieces, its shares and arms marked, and tied together by named rules."""
